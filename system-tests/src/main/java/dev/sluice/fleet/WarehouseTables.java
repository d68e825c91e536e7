package dev.sluice.fleet;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The tables and views that the loader makes before its first load.
final class WarehouseTables {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private WarehouseTables() {}

    /// Returns once they can be queried.
    ///
    /// @throws IOException if they cannot after a minute; the message says why
    static void await(FleetEndpoints fleet) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection =
                            DriverManager.getConnection(
                                    fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword());
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1 FROM pipeline_books LIMIT 1");
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            "the loader has not made its tables: " + e.getMessage(), e);
                }
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the loader's tables", e);
        }
    }
}
