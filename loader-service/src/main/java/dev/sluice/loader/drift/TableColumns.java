package dev.sluice.loader.drift;

import dev.sluice.contracts.table.ColumnType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads which columns a table has. Types are those the driver tells of a query's columns, since
/// `information_schema` of Redshift has no word for SUPER that can be relied upon.
final class TableColumns {

    private static final String MANDATORY =
            "SELECT column_name FROM information_schema.columns WHERE table_schema ="
                    + " current_schema() AND table_name = ? AND is_nullable = 'NO' AND"
                    + " column_default IS NULL";

    private TableColumns() {}

    /// By name.
    static Map<String, TableColumn> of(Connection connection, String table) throws SQLException {
        Set<String> mandatory = mandatory(connection, table);
        Map<String, TableColumn> columns = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet nothing =
                        statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            ResultSetMetaData meta = nothing.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String name = meta.getColumnName(i);
                Optional<ColumnType> type = type(meta, i);
                String sql = type.map(ColumnType::sql).orElse(meta.getColumnTypeName(i));
                columns.put(name, new TableColumn(name, type, sql, mandatory.contains(name)));
            }
        }
        return columns;
    }

    private static Set<String> mandatory(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MANDATORY)) {
            statement.setString(1, table);
            Set<String> names = new HashSet<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    names.add(result.getString(1));
                }
            }
            return names;
        }
    }

    private static Optional<ColumnType> type(ResultSetMetaData meta, int column)
            throws SQLException {
        int precision = meta.getPrecision(column);
        return switch (meta.getColumnTypeName(column).toLowerCase(Locale.ROOT)) {
            case "varchar" -> Optional.of(new ColumnType.Varchar(precision));
            case "int8" -> Optional.of(new ColumnType.Bigint());
            case "int4" -> Optional.of(new ColumnType.Int());
            case "numeric" -> Optional.of(new ColumnType.Decimal(precision, meta.getScale(column)));
            case "float8" -> Optional.of(new ColumnType.DoublePrecision());
            case "bool" -> Optional.of(new ColumnType.Bool());
            case "timestamp" -> Optional.of(new ColumnType.Timestamp());
            case "super" -> Optional.of(new ColumnType.Super());
            default -> Optional.empty();
        };
    }
}
