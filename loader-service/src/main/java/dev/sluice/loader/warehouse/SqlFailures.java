package dev.sluice.loader.warehouse;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;

/// What an error of the warehouse means for the one who asked (SQLSTATE classes of the SQL standard
/// as PostgreSQL and Amazon Redshift use them).
public final class SqlFailures {

    private SqlFailures() {}

    /// Whether the files are to blame: a COPY that failed, a value that does not fit, rows that do
    /// not match the table.
    static boolean isAboutTheData(SQLException e) {
        String state = state(e);
        return state.startsWith("22")
                || state.startsWith("23")
                || state.equals("57014")
                || (state.equals("XX000") && !isSerialization(e) && !isStoreAway(e));
    }

    /// A COPY that could not reach the object store says nothing about the files; one that was told
    /// there is no such object does.
    private static boolean isStoreAway(SQLException e) {
        @Nullable String message = e.getMessage();
        return message != null
                && message.contains("S3ServiceException")
                && !message.matches("(?s).*status 4\\d\\d.*");
    }

    public static RuntimeException of(String what, SQLException e) {
        String message = what + ": " + message(e);
        String state = state(e);
        boolean setup =
                state.startsWith("28")
                        || state.startsWith("3D")
                        || state.startsWith("42")
                        || state.startsWith("0A");
        return setup ? new SetupFailure(message, e) : new TransientFailure(message, e);
    }

    /// The first line: what follows may show values.
    static String message(SQLException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        String first = message.lines().findFirst().orElse("");
        return "SQLSTATE " + state(e) + " " + first;
    }

    /// Redshift reports concurrent transactions that cannot be put in an order as error 1023.
    private static boolean isSerialization(SQLException e) {
        @Nullable String message = e.getMessage();
        return message != null
                && (message.contains("1023") || message.contains("Serializable isolation"));
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
