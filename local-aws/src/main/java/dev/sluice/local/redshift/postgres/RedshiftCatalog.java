package dev.sluice.local.redshift.postgres;

import dev.sluice.local.redshift.wire.LoadErrorLog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/// Redshift's functions, system views and table rules inside a database of the cluster. Owns the
/// schema `redshift` and what `catalog.sql` puts into `pg_catalog`.
public final class RedshiftCatalog implements LoadErrorLog {

    private static final Logger LOG = LoggerFactory.getLogger(RedshiftCatalog.class);

    private final DataSource database;

    private RedshiftCatalog(DataSource database) {
        this.database = database;
    }

    /// Creates the user and the database if they are missing and brings the catalog up to date.
    ///
    /// @throws IllegalStateException when PostgreSQL refuses a statement
    public static RedshiftCatalog install(PostgresCluster cluster, String database, String user) {
        try (Connection connection = cluster.superuser("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", user)) {
                statement.execute("CREATE ROLE " + quoted(user) + " LOGIN SUPERUSER");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
                statement.execute("CREATE DATABASE " + quoted(database) + " OWNER " + quoted(user));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create database " + database, e);
        }
        DataSource dataSource = cluster.superuser(database);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(script());
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "cannot install the Redshift catalog in database " + database, e);
        }
        return new RedshiftCatalog(dataSource);
    }

    @Override
    public void record(String table, String file, long line, String column, String reason) {
        String insert =
                "INSERT INTO redshift.load_errors (table_name, filename, line_number, colname, err_reason)"
                        + " VALUES (?, ?, ?, ?, ?)";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, table);
            statement.setString(2, file);
            statement.setLong(3, line);
            statement.setString(4, column);
            statement.setString(5, reason);
            statement.executeUpdate();
        } catch (SQLException e) {
            LOG.warn(
                    "load error of table {} and file {} not kept in stl_load_errors: {}",
                    table,
                    file,
                    e.getSQLState());
        }
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String script() {
        try (InputStream script = RedshiftCatalog.class.getResourceAsStream("catalog.sql")) {
            if (script == null) {
                throw new IllegalStateException("catalog.sql is not on the class path");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read catalog.sql", e);
        }
    }
}
