package dev.sluice.loader.quality;

import dev.sluice.loader.turn.TurnThread;
import dev.sluice.loader.warehouse.LoopFailure;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Lets the warehouse's leader look at the quality of the data, on a thread of its own: nothing
/// waits for it. Always healthy: unusual data is a matter of who sends it.
public final class QualityLoop implements HealthSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QualityLoop.class);

    /// @param since when this task leads; null if it does not
    /// @param looked when the last look was
    /// @param hour end of the hour that was judged last
    /// @param open findings
    /// @param problem why the last turn failed
    private record Known(
            @Nullable Instant since,
            @Nullable Instant looked,
            @Nullable Instant hour,
            int open,
            String problem) {

        static final Known NOTHING = new Known(null, null, null, 0, "");
    }

    private final BooleanSupplier leads;
    private final QualityCheck check;
    private final Supplier<KnownTypes> types;
    private final QualityTiming timing;
    private final InstantSource clock;
    private final QualityMetrics metrics;
    private final TurnThread thread;
    private volatile Known known = Known.NOTHING;

    /// @param leads whether this task is the leader and the tables are up to date
    /// @param types the contracts as of now
    public QualityLoop(
            BooleanSupplier leads,
            QualityCheck check,
            Supplier<KnownTypes> types,
            QualityTiming timing,
            InstantSource clock,
            MeterRegistry meters) {
        this.leads = leads;
        this.check = check;
        this.types = types;
        this.timing = timing;
        this.clock = clock;
        this.thread = new TurnThread("quality-loop", this::turn, timing.interval());
        this.metrics = new QualityMetrics(meters, this::age);
    }

    /// Returns at once.
    public void start() {
        thread.start();
    }

    /// One turn: a look, when slots are over that were not counted yet.
    void turn() {
        Known before = known;
        if (!leads.getAsBoolean()) {
            if (before.since() != null) {
                metrics.forget();
                known = Known.NOTHING;
            }
            return;
        }
        Instant now = clock.instant();
        Instant since = before.since() == null ? now : before.since();
        try {
            QualityCheck.Counted counted = check.count(now);
            if (!counted.all() || (counted.slots() == 0 && before.looked() != null)) {
                known =
                        new Known(
                                since,
                                counted.all() ? now : before.looked(),
                                before.hour(),
                                before.open(),
                                "");
                return;
            }
            QualityCheck.Look look = check.look(now);
            metrics.looked(look, types.get());
            tell(look.change());
            known = new Known(since, now, look.end(), look.findings().size(), "");
        } catch (RuntimeException e) {
            known = failed(before, since, e);
        }
    }

    @Override
    public HealthReport health() {
        Known now = known;
        Map<String, String> details = new LinkedHashMap<>();
        if (now.hour() != null) {
            details.put("hour", String.valueOf(now.hour()));
            details.put("findings", String.valueOf(now.open()));
        }
        return new HealthReport(true, now.problem(), details);
    }

    @Override
    public void close() {
        thread.close();
    }

    private Known failed(Known before, Instant since, RuntimeException e) {
        LoopFailure failure = LoopFailure.of(e);
        metrics.failed();
        if (before.problem().isEmpty()) {
            LOG.warn("the look at the quality of the data failed: {}", failure.why());
        }
        return new Known(
                since,
                before.looked(),
                before.hour(),
                before.open(),
                "the look at the quality of the data fails: " + failure.why());
    }

    /// Names of types without a contract are in the table, not in the log.
    private void tell(FindingsTable.Change change) {
        KnownTypes contracts = types.get();
        for (Finding finding : change.opened()) {
            LOG.warn(
                    "{} of tenant {}: {}; its owner is {}; docs/runbooks/quality.md says what to do",
                    name(finding.subject(), contracts),
                    finding.subject().type().tenant(),
                    finding.message(),
                    finding.team());
        }
        for (Finding.Subject over : change.closed()) {
            LOG.info(
                    "{} of tenant {}: {} are as usual again",
                    name(over, contracts),
                    over.type().tenant(),
                    over.signal().code());
        }
    }

    private static String name(Finding.Subject subject, KnownTypes contracts) {
        TypeKey type = subject.type();
        return contracts.has(type.typeOfTenant()) ? type.eventType() : "a type without a contract";
    }

    private Duration age() {
        Known now = known;
        Instant since = now.looked() == null ? now.since() : now.looked();
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
