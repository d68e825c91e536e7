package dev.sluice.erasure;

import com.zaxxer.hikari.HikariDataSource;

import dev.sluice.loader.warehouse.WarehouseSchema;
import dev.sluice.local.redshift.RedshiftFaults;
import dev.sluice.local.redshift.RedshiftServer;
import dev.sluice.local.redshift.RedshiftServerConfig;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A warehouse with the tables that the loader makes.
final class WarehouseFixture implements AutoCloseable {

    private final RedshiftServer redshift;
    private final HikariDataSource pool = new HikariDataSource();

    WarehouseFixture(Path folder) {
        redshift =
                RedshiftServer.start(
                        RedshiftServerConfig.of(
                                folder,
                                () -> {
                                    throw new IllegalStateException("nothing is copied");
                                }));
        pool.setJdbcUrl(redshift.jdbcUrl());
        pool.setUsername(redshift.user());
        pool.setPassword(redshift.password());
        new WarehouseSchema(pool).migrate();
    }

    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    RedshiftFaults faults() {
        return redshift.faults();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The columns of a row with `|` between them.
    List<String> query(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    @Override
    public void close() {
        pool.close();
        redshift.close();
    }
}
