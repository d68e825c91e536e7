package dev.sluice.loader.upkeep;

import dev.sluice.loader.warehouse.SqlFailures;
import dev.sluice.loader.warehouse.WarehouseTime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

/// How long events took from their receipt until they could be queried, measured where they are
/// queried: `sluice.load.latency{quantile=0.5|0.95}` at the leader, 0 while nothing was loaded.
public final class LoadLatency implements UpkeepJob {

    /// Events that happened so long before the first of their batches was received are late, and
    /// not looked for.
    private static final Duration ON_TIME = Duration.ofMinutes(5);

    /// A batch of a replay was received long ago; the events are not.
    private static final Duration FURTHEST = Duration.ofHours(24);

    private final DataSource warehouse;
    private final Duration interval;
    private final Duration window;
    private volatile Measured last = Measured.NOTHING;

    /// What was measured over the events that were loaded in a window.
    ///
    /// @param p50 half of them took no longer
    /// @param p95 nineteen of twenty took no longer
    public record Measured(long events, Duration p50, Duration p95) {

        static final Measured NOTHING = new Measured(0, Duration.ZERO, Duration.ZERO);
    }

    /// @param window events that were loaded in it are measured
    public LoadLatency(
            DataSource warehouse, Duration interval, Duration window, MeterRegistry meters) {
        this.warehouse = warehouse;
        this.interval = interval;
        this.window = window;
        gauge(meters, "0.5");
        gauge(meters, "0.95");
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public String turn(Instant now, BooleanSupplier goOn) {
        try (Connection connection = warehouse.getConnection()) {
            last = measure(connection, now.minus(window));
            return "";
        } catch (SQLException e) {
            throw SqlFailures.of("load_batches", e);
        }
    }

    /// Measures the events that were loaded since then and were not late.
    public static Measured measure(Connection connection, Instant since) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Instant received = firstReceived(statement, since);
            if (received == null) {
                return Measured.NOTHING;
            }
            Instant happened = received.minus(ON_TIME);
            Instant furthest = since.minus(FURTHEST);
            try (ResultSet result =
                    statement.executeQuery(
                            query(since, happened.isAfter(furthest) ? happened : furthest))) {
                result.next();
                return new Measured(
                        result.getLong(1),
                        millis(result.getBigDecimal(2)),
                        millis(result.getBigDecimal(3)));
            }
        }
    }

    private static @Nullable Instant firstReceived(Statement statement, Instant since)
            throws SQLException {
        try (ResultSet result =
                statement.executeQuery(
                        ("SELECT MIN(min_received_ts) FROM load_batches WHERE inserted_rows > 0 AND"
                                        + " loaded_ts >= CAST('%s' AS TIMESTAMP)")
                                .formatted(WarehouseTime.text(since)))) {
            result.next();
            String first = result.getString(1);
            return first == null ? null : WarehouseTime.of(first);
        }
    }

    /// Reads the events that happened since then: those near the end of the sort key.
    private static String query(Instant since, Instant happened) {
        String latency = "DATEDIFF(millisecond, e.received_ts, NVL(b.committed_ts, b.loaded_ts))";
        return ("SELECT COUNT(*), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %1$s),"
                        + " PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY %1$s) FROM events AS e JOIN"
                        + " load_batches AS b ON b.loaded_ts = e.loaded_ts WHERE b.loaded_ts >="
                        + " CAST('%2$s' AS TIMESTAMP) AND e.event_ts >= CAST('%3$s' AS TIMESTAMP)")
                .formatted(latency, WarehouseTime.text(since), WarehouseTime.text(happened));
    }

    private static Duration millis(@Nullable Number value) {
        return value == null ? Duration.ZERO : Duration.ofMillis(value.longValue());
    }

    private void gauge(MeterRegistry meters, String quantile) {
        TimeGauge.builder(
                        "sluice.load.latency",
                        () -> (quantile.equals("0.5") ? last.p50() : last.p95()).toMillis(),
                        TimeUnit.MILLISECONDS)
                .tag("quantile", quantile)
                .register(meters);
    }
}
