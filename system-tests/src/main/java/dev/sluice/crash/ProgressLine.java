package dev.sluice.crash;

import dev.sluice.fleet.FleetTask;
import dev.sluice.fleet.ProcessFleet;
import dev.sluice.traffic.load.LoadProgress;
import dev.sluice.traffic.load.Totals;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Where a run is, once a second. The warehouse may be away: then its figure is the last one.
final class ProgressLine implements AutoCloseable {

    private final ProcessFleet fleet;
    private final Path data;
    private final Consumer<String> out;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
    private @Nullable Rows rows;
    private volatile long loaded;

    ProgressLine(ProcessFleet fleet, Path data, Consumer<String> out) {
        this.fleet = fleet;
        this.data = data;
        this.out = out;
        // By a thread of its own: whoever prints is who sends, and must not wait for the warehouse.
        var _ = reader.scheduleWithFixedDelay(this::readLoaded, 1, 1, TimeUnit.SECONDS);
    }

    void print(LoadProgress progress) {
        Totals totals = progress.totals();
        long up = fleet.tasks().stream().filter(FleetTask::isAlive).count();
        out.accept(
                String.format(
                        Locale.ROOT,
                        "%4d s  sent %,8d  acknowledged %,8d  in flight %,6d  retries %,6d  loaded %,8d  up %d/%d  answer P95 %.2f s",
                        progress.elapsed().toSeconds(),
                        totals.sent(),
                        totals.acknowledged(),
                        totals.inFlight(),
                        totals.retries(),
                        loaded,
                        up,
                        fleet.tasks().size(),
                        progress.latency().p95().toMillis() / 1000.0));
    }

    @Override
    public void close() throws SQLException {
        reader.close();
        if (rows != null) {
            rows.close();
        }
    }

    private void readLoaded() {
        try {
            if (rows == null) {
                rows = Rows.open(fleet.endpoints(), data);
            }
            loaded = rows.inserted();
        } catch (SQLException e) {
            rows = null;
        }
    }
}
