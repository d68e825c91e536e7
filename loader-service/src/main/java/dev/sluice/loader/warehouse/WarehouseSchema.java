package dev.sluice.loader.warehouse;

import dev.sluice.runtime.failure.SetupFailure;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

import java.sql.SQLException;

import javax.sql.DataSource;

/// Brings tables and views to the state of `db/migration`.
public final class WarehouseSchema {

    private static final String OBJECT = "tables of the warehouse";

    private final DataSource dataSource;

    public WarehouseSchema(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Runs the migrations that have not run yet. One task at a time: the leader.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if the warehouse cannot be reached now
    /// @throws SetupFailure if it refuses, or holds migrations that are not these
    public void migrate() {
        try {
            Flyway.configure(WarehouseSchema.class.getClassLoader())
                    .dataSource(dataSource)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return SqlFailures.of(OBJECT, sql);
            }
        }
        String message = e.getMessage() == null ? "" : e.getMessage();
        return new SetupFailure(OBJECT + ": " + message.lines().findFirst().orElse(""), e);
    }
}
