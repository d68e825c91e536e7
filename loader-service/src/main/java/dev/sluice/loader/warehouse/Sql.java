package dev.sluice.loader.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Statements on one connection.
public record Sql(Connection connection) {

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// @return the rows that it changed
    public long update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /// @param parameter the only one of the statement
    void execute(String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.executeUpdate();
        }
    }

    /// The only number that the query gives.
    public long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    /// The range of a column's values in a table that is not empty.
    public TimeRange times(String column, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT MIN(%1$s), MAX(%1$s) FROM %2$s".formatted(column, table))) {
            result.next();
            return new TimeRange(
                    WarehouseTime.of(result.getString(1)), WarehouseTime.of(result.getString(2)));
        }
    }
}
