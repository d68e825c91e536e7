package dev.sluice.loader.queue;

import dev.sluice.loader.pause.LoadPause;
import dev.sluice.loader.pause.PauseFlag;
import dev.sluice.loader.turn.TurnThread;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Looks at the queue now and then, for health and the gauges `sluice.load.lag` (how long the
/// oldest file has waited), `sluice.load.paused` (for how long loads have been paused) and
// `sluice.load.queue{state=waiting|blocked}` (files).
public final class QueueWatch implements HealthSource, AutoCloseable {

    /// @param depth null before the first answer
    /// @param pause that the loads are in; null if they are not
    /// @param problem why the last look failed; empty if it did not
    private record Seen(@Nullable QueueDepth depth, @Nullable LoadPause pause, String problem) {}

    private final LoadQueue queue;
    private final PauseFlag pause;
    private final Duration unhealthyLag;
    private final InstantSource clock;
    private final TurnThread thread;
    private volatile Seen seen = new Seen(null, null, "");

    /// @param interval between two looks
    /// @param unhealthyLag a file that waits longer is unhealthy, unless loads are paused
    public QueueWatch(
            LoadQueue queue,
            PauseFlag pause,
            Duration interval,
            Duration unhealthyLag,
            InstantSource clock,
            MeterRegistry meters) {
        this.queue = queue;
        this.pause = pause;
        this.unhealthyLag = unhealthyLag;
        this.clock = clock;
        this.thread = new TurnThread("queue-watch", this::look, interval);
        TimeGauge.builder("sluice.load.lag", this, TimeUnit.MILLISECONDS, w -> w.lag().toMillis())
                .register(meters);
        TimeGauge.builder(
                        "sluice.load.paused",
                        this,
                        TimeUnit.MILLISECONDS,
                        w -> w.paused().toMillis())
                .register(meters);
        Gauge.builder("sluice.load.queue", this, w -> w.depth().waiting())
                .tag("state", "waiting")
                .register(meters);
        Gauge.builder("sluice.load.queue", this, w -> w.depth().blocked())
                .tag("state", "blocked")
                .register(meters);
    }

    /// Returns at once.
    public void start() {
        thread.start();
    }

    /// Looks once.
    void look() {
        try {
            seen = new Seen(queue.depth(), pause.read().orElse(null), "");
        } catch (RuntimeException e) {
            seen = new Seen(seen.depth(), seen.pause(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public HealthReport health() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("waiting", String.valueOf(depth().waiting()));
        details.put("oldest", lag().toString());
        details.put("blocked", String.valueOf(depth().blocked()));
        String problem = seen.problem();
        if (!problem.isEmpty()) {
            return HealthReport.down("the load queue cannot be read: " + problem, details);
        }
        LoadPause paused = seen.pause();
        if (paused != null) {
            return new HealthReport(true, paused.text(), details);
        }
        if (lag().compareTo(unhealthyLag) > 0) {
            String why = "a file waits for the warehouse since " + lag().toSeconds() + " s";
            return HealthReport.down(why, details);
        }
        long blocked = depth().blocked();
        String why =
                blocked == 0 ? "" : blocked + " files are set aside, see them in the load queue";
        return new HealthReport(true, why, details);
    }

    @Override
    public void close() {
        thread.close();
    }

    /// Grows while nobody can look.
    private Duration lag() {
        Instant now = clock.instant();
        return depth().lag(now);
    }

    private Duration paused() {
        LoadPause now = seen.pause();
        return now == null ? Duration.ZERO : Duration.between(now.since(), clock.instant());
    }

    private QueueDepth depth() {
        QueueDepth depth = seen.depth();
        return depth == null ? new QueueDepth(0, null, 0) : depth;
    }
}
