package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.copy.LoadFailure;
import dev.sluice.local.redshift.copy.LoadProgress;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Gives errors of PostgreSQL the form Redshift gives them. Values never get into a load's reason,
/// because PostgreSQL's own messages quote them.
final class ErrorTranslation {

    /// Redshift's internal code in the detail of a too long value.
    private static final int VALUE_TOO_LONG = 8001;

    /// Name of the constraint by which the cluster counts VARCHAR in bytes; see `catalog.sql`.
    private static final Pattern BYTE_LIMIT = Pattern.compile("max_(\\d+)_bytes_in_(.*)");

    private static final Pattern COPY_LINE =
            Pattern.compile("COPY .*?, line (\\d+)(?:, column ([^:]+))?.*", Pattern.DOTALL);

    private ErrorTranslation() {}

    /// Where and why a load failed.
    record LoadError(String file, long line, String column, String reason) {}

    static ServerError statement(ServerError error) {
        Matcher limit = BYTE_LIMIT.matcher(error.field('n'));
        if (error.sqlState().equals("23514") && limit.matches()) {
            return tooLong("character varying(" + limit.group(1) + ")");
        }
        if (error.sqlState().equals("22001")) {
            return tooLong(error.message().replaceFirst("^value too long for type ", ""));
        }
        return error;
    }

    static LoadError load(ServerError error, Optional<LoadFailure> failure, LoadProgress progress) {
        if (failure.isPresent()) {
            LoadFailure reason = failure.get();
            return new LoadError(reason.file(), 0, reason.column(), reason.reason());
        }
        Matcher where = COPY_LINE.matcher(error.field('W'));
        boolean located = where.matches();
        long line = located ? Long.parseLong(where.group(1)) : 0;
        String column = error.field('c');
        if (column.isEmpty() && located && where.group(2) != null) {
            column = where.group(2).replace("\"", "");
        }
        Matcher limit = BYTE_LIMIT.matcher(error.field('n'));
        String reason = reason(error);
        if (limit.matches()) {
            column = limit.group(2);
            reason = "Value too long for type character varying(" + limit.group(1) + ")";
        }
        return new LoadError(progress.fileOfRow(line), line, column, reason);
    }

    static ServerError loadFailed(String table, LoadError error) {
        String column = error.column().isEmpty() ? "" : "\n  column:    " + error.column();
        return ServerError.of(
                "XX000",
                "Load into table '"
                        + table
                        + "' failed.  Check 'stl_load_errors' system table for details.",
                "error:     " + error.reason() + "\n  file:      " + error.file() + column);
    }

    private static ServerError tooLong(String type) {
        return ServerError.of(
                "22001",
                "Value too long for character type",
                "error:  Value too long for character type\n  code:      "
                        + VALUE_TOO_LONG
                        + "\n  context:   Value too long for type "
                        + type);
    }

    private static String reason(ServerError error) {
        return switch (error.sqlState()) {
            case "22001" -> "Value too long for character type";
            case "22003" -> "Numeric data overflow (result precision)";
            case "22P02", "22007", "22008" -> "Invalid value for the column's type";
            case "22021", "22P05" -> "String contains invalid or unsupported UTF8 codepoints";
            case "23502" -> "NULL value for a column that is NOT NULL";
            case "22P04" -> "Unmatched number of columns between table and file";
            default -> "SQLSTATE " + error.sqlState();
        };
    }
}
