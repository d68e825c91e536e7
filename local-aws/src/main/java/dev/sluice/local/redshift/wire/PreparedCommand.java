package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.sql.TranslatedStatement;

import java.util.List;
import java.util.Optional;

/// A prepared statement of the client.
///
/// @param statement its translation; empty for an empty text
/// @param copy the load it runs
/// @param source the text the client sent
/// @param parameterTypes the rest of its Parse message
/// @param copyCount the copy count its translation holds, when it holds one
record PreparedCommand(
        Optional<TranslatedStatement> statement,
        List<CopyTarget> copy,
        String source,
        byte[] parameterTypes,
        long copyCount) {

    boolean outdated(long currentCopyCount) {
        return statement.map(TranslatedStatement::usesCopyCount).orElse(false)
                && copyCount != currentCopyCount;
    }
}
