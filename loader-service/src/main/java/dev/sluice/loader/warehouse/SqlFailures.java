package dev.sluice.loader.warehouse;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an error of the warehouse means for the one who asked: SQLSTATE classes of the SQL standard
/// as PostgreSQL and Amazon Redshift use them, and of XX000, which Redshift gives to much, the
/// message.
public final class SqlFailures {

    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03");
    private static final Set<String> SHUTDOWNS = Set.of("57P01", "57P02", "57P03");

    /// Concurrent transactions that cannot be put in an order: error 1023.
    private static final Pattern SERIALIZATION =
            Pattern.compile(
                    "^(ERROR:\\s*)?1023\\b|serializable isolation", Pattern.CASE_INSENSITIVE);

    private static final Pattern LIMIT =
            Pattern.compile(
                    "too many connections|connection limit|usage limit|\\bWLM\\b",
                    Pattern.CASE_INSENSITIVE);

    /// What S3 answered to a COPY, such as `S3ServiceException:Access Denied,Status 403`.
    private static final Pattern S3 = Pattern.compile("S3ServiceException");

    private static final Pattern S3_REFUSED =
            Pattern.compile("\\bstatus:? 4\\d\\d", Pattern.CASE_INSENSITIVE);

    /// A role that may not list the bucket is told of a missing object that access is denied.
    private static final Pattern DENIED =
            Pattern.compile(
                    "NoSuchBucket|AccessDenied|Access Denied|not authorized to|\\bstatus:? 40[13]",
                    Pattern.CASE_INSENSITIVE);

    private SqlFailures() {}

    /// Whether the files are to blame: a COPY that failed, a value that does not fit, rows that do
    /// not match the table, a batch that takes longer than a rule of the warehouse allows.
    static boolean isAboutTheData(SQLException e) {
        String state = state(e);
        return state.startsWith("22")
                || state.startsWith("23")
                || state.equals("57014")
                || (state.equals("XX000") && kind(e) == FailureKind.PASSING && !isStoreAway(e));
    }

    public static RuntimeException of(String what, SQLException e) {
        String message = what + ": " + message(e);
        return kind(e) == FailureKind.SETUP
                ? new SetupFailure(message + advice(e), e)
                : new TransientFailure(message, e);
    }

    static FailureKind kind(SQLException e) {
        String state = state(e);
        if (CONFLICTS.contains(state) || says(SERIALIZATION, e)) {
            return FailureKind.CONFLICT;
        }
        if (state.startsWith("53") || says(LIMIT, e)) {
            return FailureKind.BUSY;
        }
        if (isSetup(state) || says(DENIED, e)) {
            return FailureKind.SETUP;
        }
        boolean away =
                state.startsWith("08")
                        || SHUTDOWNS.contains(state)
                        || e instanceof SQLTransientConnectionException;
        return away ? FailureKind.AWAY : FailureKind.PASSING;
    }

    private static boolean isSetup(String state) {
        return state.startsWith("28")
                || state.startsWith("3D")
                || state.startsWith("3F")
                || state.startsWith("42")
                || state.startsWith("0A");
    }

    /// A COPY that could not reach the object store says nothing about the files; one that was told
    /// there is no such object does.
    private static boolean isStoreAway(SQLException e) {
        return says(S3, e) && !says(S3_REFUSED, e);
    }

    private static String advice(SQLException e) {
        String state = state(e);
        if (state.startsWith("28")) {
            return "; check user and password";
        }
        if (state.startsWith("3D") || state.startsWith("3F")) {
            return "; check the database that the URL names";
        }
        if (state.equals("42501")) {
            return "; grant it to the user";
        }
        if (state.startsWith("42")) {
            return "; compare the table with the migrations";
        }
        Matcher denied = DENIED.matcher(String.valueOf(e.getMessage()));
        return denied.find()
                ? "; " + denied.group() + ": let the role list and read the bucket"
                : "";
    }

    /// The first line: what follows may show values.
    static String message(SQLException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        String first = message.lines().findFirst().orElse("");
        return "SQLSTATE " + state(e) + " " + first;
    }

    private static boolean says(Pattern what, SQLException e) {
        return e.getMessage() != null && what.matcher(e.getMessage()).find();
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
