package dev.sluice.loader.upkeep;

import dev.sluice.loader.turn.TurnThread;
import dev.sluice.loader.warehouse.LoopFailure;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Gives the leader's jobs their turns, one after another, on a thread of its own. A job rests for
/// its interval, and for ten times as long as its last turn took, so that together they
/// never keep the warehouse busy. Always healthy: loading goes on without them. Its meters, for
/// each `job`:
/// `sluice.upkeep.age`, since when no turn has worked, at the leader;
/// `sluice.upkeep.failures`, turns that threw.
public final class UpkeepLoop implements HealthSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UpkeepLoop.class);
    private static final int REST = 10;

    /// How a job fares.
    ///
    /// @param due when its next turn is
    /// @param worked when its last turn that worked ended
    /// @param news what that turn had to tell, or why the last one failed
    private record State(Instant due, Instant worked, String news) {}

    private final BooleanSupplier leads;
    private final List<UpkeepJob> jobs;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final TurnThread thread;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    /// @param leads whether this task is the leader and the tables are up to date
    /// @param look between two looks whether a job is due
    public UpkeepLoop(
            BooleanSupplier leads,
            List<UpkeepJob> jobs,
            Duration look,
            InstantSource clock,
            MeterRegistry meters) {
        this.leads = leads;
        this.jobs = List.copyOf(jobs);
        this.clock = clock;
        this.meters = meters;
        this.thread = new TurnThread("upkeep-loop", this::turn, look);
        Instant now = clock.instant();
        for (UpkeepJob job : jobs) {
            states.put(job.name(), new State(now, now, ""));
            meters.counter("sluice.upkeep.failures", "job", job.name());
            TimeGauge.builder("sluice.upkeep.age", () -> age(job), TimeUnit.MILLISECONDS)
                    .tag("job", job.name())
                    .register(meters);
        }
    }

    /// Returns at once.
    public void start() {
        thread.start();
    }

    /// Gives each job that is due a turn.
    void turn() {
        for (UpkeepJob job : jobs) {
            if (!leads.getAsBoolean()) {
                Instant now = clock.instant();
                states.replaceAll((name, state) -> new State(state.due(), now, ""));
            } else if (!thread.isClosed() && !clock.instant().isBefore(state(job).due())) {
                turn(job);
            }
        }
    }

    private void turn(UpkeepJob job) {
        Instant before = clock.instant();
        Instant worked = state(job).worked();
        String news;
        try {
            news = job.turn(before, () -> leads.getAsBoolean() && !thread.isClosed());
            worked = clock.instant();
        } catch (RuntimeException e) {
            news = "failed: " + LoopFailure.of(e).why();
            meters.counter("sluice.upkeep.failures", "job", job.name()).increment();
        }
        if (!news.isEmpty() && !news.equals(state(job).news())) {
            LOG.warn("{}: {}", job.name(), news);
        }
        Instant after = clock.instant();
        Duration rest = Duration.between(before, after).multipliedBy(REST);
        Instant due = after.plus(rest.compareTo(job.interval()) > 0 ? rest : job.interval());
        states.put(job.name(), new State(due, worked, news));
    }

    @Override
    public HealthReport health() {
        Map<String, String> details = new LinkedHashMap<>();
        for (UpkeepJob job : jobs) {
            String news = state(job).news();
            details.put(job.name(), news.isEmpty() ? "well" : news);
        }
        String why =
                jobs.stream()
                        .filter(job -> !state(job).news().isEmpty())
                        .map(job -> job.name() + ": " + state(job).news())
                        .collect(Collectors.joining("; "));
        return new HealthReport(true, why, details);
    }

    @Override
    public void close() {
        thread.close();
    }

    private long age(UpkeepJob job) {
        return Duration.between(state(job).worked(), clock.instant()).toMillis();
    }

    private State state(UpkeepJob job) {
        return states.getOrDefault(job.name(), new State(Instant.MIN, Instant.MIN, ""));
    }
}
