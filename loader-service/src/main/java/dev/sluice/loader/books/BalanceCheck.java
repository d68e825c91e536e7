package dev.sluice.loader.books;

import dev.sluice.loader.books.Balance.Difference;
import dev.sluice.loader.warehouse.SqlFailures;
import dev.sluice.loader.warehouse.WarehouseTime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/// Asks `pipeline_books` which minutes do not balance.
public final class BalanceCheck {

    private static final String OBJECT = "pipeline_books";
    private static final int NAMED = 5;

    private static final String UNEVEN =
            " FROM pipeline_books WHERE minute_ts >= CAST(? AS TIMESTAMP) AND minute_ts < CAST(? AS"
                    + " TIMESTAMP) AND difference <> 0";

    private final DataSource warehouse;

    public BalanceCheck(DataSource warehouse) {
        this.warehouse = warehouse;
    }

    /// Looks at the minutes that begin within this time.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if the warehouse is away
    /// @throws dev.sluice.runtime.failure.SetupFailure if it refuses
    public Balance look(Instant from, Instant until) {
        try (Connection connection = warehouse.getConnection()) {
            return look(connection, from, until);
        } catch (SQLException e) {
            throw SqlFailures.of(OBJECT, e);
        }
    }

    private static Balance look(Connection connection, Instant from, Instant until)
            throws SQLException {
        String totals = "SELECT NVL(SUM(ABS(difference)), 0), COUNT(DISTINCT minute_ts)" + UNEVEN;
        try (PreparedStatement statement = prepared(connection, totals, from, until);
                ResultSet result = statement.executeQuery()) {
            result.next();
            long minutes = result.getLong(2);
            return minutes == 0
                    ? Balance.EVEN
                    : new Balance(result.getLong(1), minutes, first(connection, from, until));
        }
    }

    private static List<Difference> first(Connection connection, Instant from, Instant until)
            throws SQLException {
        String rows =
                "SELECT minute_ts, tenant_id, difference"
                        + UNEVEN
                        + " ORDER BY minute_ts, tenant_id LIMIT "
                        + NAMED;
        List<Difference> first = new ArrayList<>();
        try (PreparedStatement statement = prepared(connection, rows, from, until);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                first.add(
                        new Difference(
                                WarehouseTime.of(result.getString(1)),
                                result.getString(2),
                                result.getLong(3)));
            }
        }
        return first;
    }

    private static PreparedStatement prepared(
            Connection connection, String sql, Instant from, Instant until) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, WarehouseTime.text(from));
        statement.setString(2, WarehouseTime.text(until));
        return statement;
    }
}
