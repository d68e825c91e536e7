package dev.sluice.loader.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

/// Whether the warehouse takes a connection.
///
/// @param dataSource the one that loads use, which has the connection ready then
public record ConnectionProbe(DataSource dataSource) implements BooleanSupplier {

    @Override
    public boolean getAsBoolean() {
        try (Connection _ = dataSource.getConnection()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
