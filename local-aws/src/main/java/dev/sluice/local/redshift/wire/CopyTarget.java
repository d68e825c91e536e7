package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.sql.Column;
import dev.sluice.local.redshift.sql.CopyCommand;

import java.util.List;

/// A COPY and the columns it loads, in order; the list is empty when the table did not exist yet at
/// translation.
record CopyTarget(CopyCommand command, List<Column> columns) {

    CopyTarget {
        columns = List.copyOf(columns);
    }
}
