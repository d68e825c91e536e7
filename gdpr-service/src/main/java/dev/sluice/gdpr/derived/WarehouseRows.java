package dev.sluice.gdpr.derived;

import dev.sluice.gdpr.store.WarehouseConnections;
import dev.sluice.runtime.failure.TransientFailure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Looks for rows, and changes them between two loads.
///
/// @param name of what is looked at, for failures
record WarehouseRows(String name, WarehouseConnections connections) {

    /// What is done with a connection.
    @FunctionalInterface
    interface Work {

        void on(Connection connection) throws SQLException;
    }

    /// @throws TransientFailure if the warehouse does not answer well
    void read(Work work) {
        try (Connection connection = connections.open()) {
            work.on(connection);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /// Wholly or not at all.
    ///
    /// @throws TransientFailure if the warehouse does not answer well
    void change(Work work) {
        try (Connection connection = connections.open()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // Loads wait: none may bring in what is not seen here.
                statement.execute("LOCK TABLE load_fence");
            }
            work.on(connection);
            connection.commit();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /// The warehouse's message may show values.
    private TransientFailure failure(SQLException e) {
        return new TransientFailure(
                name + ": the warehouse failed with SQLSTATE " + e.getSQLState(), e);
    }
}
