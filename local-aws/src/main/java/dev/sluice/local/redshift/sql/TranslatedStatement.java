package dev.sluice.local.redshift.sql;

import java.util.Optional;

/// One statement, ready for PostgreSQL.
///
/// @param command its first keyword, upper case
/// @param sql what PostgreSQL gets
/// @param copy the COPY behind a `COPY … FROM STDIN`
/// @param refusedInTransaction why it may not run inside a transaction block; empty when it may
/// @param usesCopyCount whether `sql` holds the count of the last COPY as a literal
public record TranslatedStatement(
        String command,
        String sql,
        Optional<CopyCommand> copy,
        String refusedInTransaction,
        boolean usesCopyCount) {

    /// A statement that opens a transaction block.
    public boolean begins() {
        return command.equals("BEGIN") || command.equals("START");
    }

    /// A statement that ends a transaction block.
    public boolean ends() {
        return command.equals("COMMIT")
                || command.equals("ROLLBACK")
                || command.equals("END")
                || command.equals("ABORT");
    }
}
