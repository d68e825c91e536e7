package dev.sluice.loader.identities;

import dev.sluice.loader.turn.TurnThread;
import dev.sluice.loader.warehouse.LoopFailure;
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

/// Lets the warehouse's leader restate events whose persons have changed, on a thread of its own.
/// Always healthy: loading never waits for it. Its meters, at the leader:
/// `sluice.identities.restated`, events that got another person;
/// `sluice.identities.lag`, how long the id that has waited longest has waited;
/// `sluice.identities.failures`, turns that threw.
public final class IdentitiesLoop implements HealthSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IdentitiesLoop.class);

    /// A look at events of the whole lookback takes the longer the more there are.
    private static final int REST_FACTOR = 10;

    /// @param dueSince when the id that has waited longest became due
    /// @param problem why the last turn failed; empty if it did not
    private record Known(@Nullable Instant dueSince, String problem) {

        static final Known NOTHING = new Known(null, "");
    }

    private final BooleanSupplier leads;
    private final PersonRestatement restatement;
    private final InstantSource clock;
    private final TurnThread thread;
    private final Counter restated;
    private final Counter failures;
    private volatile Known known = Known.NOTHING;

    /// @param leads whether this task is the leader and the tables are up to date
    /// @param interval between looks; ten times as long as the last took if that is longer
    public IdentitiesLoop(
            BooleanSupplier leads,
            PersonRestatement restatement,
            Duration interval,
            InstantSource clock,
            MeterRegistry meters) {
        this.leads = leads;
        this.restatement = restatement;
        this.clock = clock;
        this.thread = new TurnThread("identities-loop", this::turn, interval, REST_FACTOR);
        this.restated = meters.counter("sluice.identities.restated");
        this.failures = meters.counter("sluice.identities.failures");
        TimeGauge.builder("sluice.identities.lag", () -> lag().toMillis(), TimeUnit.MILLISECONDS)
                .register(meters);
    }

    /// Returns at once.
    public void start() {
        thread.start();
    }

    /// One turn: as many steps as make events right. A step that finds none has nothing to do, or
    /// only took ids off the list.
    void turn() {
        try {
            while (leads.getAsBoolean() && !thread.isClosed()) {
                PersonRestatement.Restated done = restatement.turn(clock.instant());
                restated.increment(done.events());
                known = new Known(done.dueSince(), "");
                if (done.events() > 0) {
                    LOG.info("{} events have another person", done.events());
                }
                if (done.dueSince() == null || done.ids() == 0) {
                    return;
                }
            }
            known = Known.NOTHING;
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public HealthReport health() {
        Known now = known;
        Map<String, String> details =
                now.dueSince() == null ? Map.of() : Map.of("due", now.dueSince().toString());
        return new HealthReport(true, now.problem(), details);
    }

    @Override
    public void close() {
        thread.close();
    }

    private void failed(RuntimeException e) {
        LoopFailure failure = LoopFailure.of(e);
        failures.increment();
        if (known.problem().isEmpty()) {
            LOG.warn("the restatement of events failed: {}", failure.why());
        }
        known = new Known(known.dueSince(), "events are not restated: " + failure.why());
    }

    private Duration lag() {
        Instant since = known.dueSince();
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
