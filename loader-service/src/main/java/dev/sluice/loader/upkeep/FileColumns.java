package dev.sluice.loader.upkeep;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.derived.DerivedTables;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.quarantine.QuarantineRows;
import dev.sluice.loader.queue.LoadTable;

import java.util.List;
import java.util.Map;

/// The columns of the files of every table that is loaded.
public final class FileColumns {

    private FileColumns() {}

    /// By the table's name.
    ///
    /// @param events the columns of files of events
    public static Map<String, List<Column>> byTable(FileLayout events) {
        return Map.of(
                EventsTable.NAME,
                events.columns(),
                LoadTable.QUARANTINED_EVENTS.tableName(),
                QuarantineRows.LAYOUT.columns(),
                LoadTable.SESSIONS.tableName(),
                DerivedTables.SESSIONS.layout().columns(),
                LoadTable.IDENTITIES.tableName(),
                DerivedTables.IDENTITIES.layout().columns());
    }
}
