package dev.sluice.loader.warehouse;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnType;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// The statements for a temporary table that files are copied into.
///
/// @param columns those of the files, in their order
record StagingTable(String name, List<Column> columns) {

    /// Makes the table of the files of a manifest.
    ///
    /// @return how many rows they hold
    long fill(Sql sql, String manifestUri, String iamRole) throws SQLException {
        sql.execute(create());
        sql.execute(copy(manifestUri, iamRole));
        return sql.number(count());
    }

    String create() {
        return "CREATE TEMP TABLE "
                + name
                + " ("
                + columns.stream()
                        .map(
                                column ->
                                        column.name()
                                                + " "
                                                + column.type().stagingSql()
                                                + (column.notNull() ? " NOT NULL" : ""))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    String copy(String manifestUri, String iamRole) {
        String role = iamRole.equals("default") ? "default" : quoted(iamRole);
        return "COPY %s FROM %s IAM_ROLE %s FORMAT AS PARQUET MANIFEST"
                .formatted(name, quoted(manifestUri), role);
    }

    String count() {
        return "SELECT COUNT(*) FROM " + name;
    }

    String drop() {
        return "DROP TABLE " + name;
    }

    /// The columns' names in a list, each with the prefix.
    String names(String prefix) {
        return columns.stream()
                .map(column -> prefix + column.name())
                .collect(Collectors.joining(", "));
    }

    /// The columns' values of the row `s` in a list, as the real table takes them.
    String values() {
        return columns.stream().map(StagingTable::value).collect(Collectors.joining(", "));
    }

    /// The value of a column of the row `s`, as the real table takes it.
    static String value(Column column) {
        return column.type() instanceof ColumnType.Super
                ? "JSON_PARSE(s." + column.name() + ")"
                : "s." + column.name();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
