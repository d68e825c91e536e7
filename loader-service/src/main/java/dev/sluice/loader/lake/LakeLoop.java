package dev.sluice.loader.lake;

import dev.sluice.loader.turn.TurnThread;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Work on the lake that the warehouse's leader does again and again. Always healthy: loading never
/// waits for it. Its meters, at the leader, by `loop`: `sluice.lake.age`, how long ago a turn
/// ended well; `sluice.lake.failures`, turns that threw.
public final class LakeLoop implements HealthSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LakeLoop.class);

    private final String name;
    private final BooleanSupplier leads;
    private final Turn turn;
    private final InstantSource clock;
    private final Counter failures;
    private final TurnThread thread;
    private volatile @Nullable Instant wentWell;
    private volatile String problem = "";

    /// Work that ends early, between two steps, when it is told to.
    public interface Turn {

        void take(BooleanSupplier goesOn);
    }

    /// @param name of the thread, and in the meters
    /// @param leads whether this task is the leader
    /// @param interval between two turns
    public LakeLoop(
            String name,
            BooleanSupplier leads,
            Turn turn,
            Duration interval,
            InstantSource clock,
            MeterRegistry meters) {
        this.name = name;
        this.leads = leads;
        this.turn = turn;
        this.clock = clock;
        this.failures = meters.counter("sluice.lake.failures", "loop", name);
        this.thread = new TurnThread(name, this::turn, interval);
        TimeGauge.builder("sluice.lake.age", () -> age().toMillis(), TimeUnit.MILLISECONDS)
                .tag("loop", name)
                .register(meters);
    }

    /// Returns at once.
    public void start() {
        thread.start();
    }

    /// One turn, if this task leads.
    void turn() {
        if (!leads.getAsBoolean()) {
            wentWell = null;
            return;
        }
        try {
            turn.take(() -> leads.getAsBoolean() && !thread.isClosed());
            wentWell = clock.instant();
            problem = "";
        } catch (RuntimeException e) {
            failures.increment();
            if (problem.isEmpty()) {
                LOG.warn("{} failed: {}", name, e.getMessage());
            }
            problem = String.valueOf(e.getMessage());
        }
    }

    @Override
    public HealthReport health() {
        Instant last = wentWell;
        Map<String, String> details = last == null ? Map.of() : Map.of("last", last.toString());
        return new HealthReport(true, problem.isEmpty() ? "" : name + ": " + problem, details);
    }

    @Override
    public void close() {
        thread.close();
    }

    private Duration age() {
        Instant last = wentWell;
        return last == null ? Duration.ZERO : Duration.between(last, clock.instant());
    }
}
