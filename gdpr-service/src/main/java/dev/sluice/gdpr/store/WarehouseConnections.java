package dev.sluice.gdpr.store;

import java.sql.Connection;
import java.sql.SQLException;

/// Where connections to the warehouse come from, a new one each time.
@FunctionalInterface
public interface WarehouseConnections {

    Connection open() throws SQLException;
}
