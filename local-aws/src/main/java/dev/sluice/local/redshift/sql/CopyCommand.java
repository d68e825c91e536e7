package dev.sluice.local.redshift.sql;

import java.util.List;

/// `COPY table [(columns)] FROM 's3://bucket/prefix' …` for a format that the stand-in loads.
///
/// @param table the target as the client wrote it, ready for SQL
/// @param columns the column list, empty when the statement has none
/// @param bucket the S3 bucket
/// @param key the key prefix, or the manifest's key
/// @param manifest whether `key` names a manifest
/// @param format what the objects hold
/// @param gzip whether the objects are gzip streams
public record CopyCommand(
        String table,
        List<String> columns,
        String bucket,
        String key,
        boolean manifest,
        Format format,
        boolean gzip) {

    /// The file formats of COPY that the stand-in reads.
    public enum Format {
        PARQUET,
        JSON
    }

    public CopyCommand {
        columns = List.copyOf(columns);
    }

    /// The table's name without schema and quotes, as messages and `stl_load_errors` give it.
    public String tableName() {
        String last = table.substring(table.lastIndexOf('.') + 1);
        return last.replace("\"", "");
    }

    /// The table's name as [Script#relations()] gives it.
    public String relation() {
        return Script.relationName(Tokenizer.tokens(table));
    }

    /// The PostgreSQL statement through which the rows enter, with the given columns or with those
    /// of the table.
    public String copyFromStdin(List<String> targetColumns) {
        List<String> quoted = targetColumns.stream().map(Token::quoteIdentifier).toList();
        return "COPY "
                + table
                + (quoted.isEmpty() ? "" : " (" + String.join(", ", quoted) + ")")
                + " FROM STDIN";
    }
}
