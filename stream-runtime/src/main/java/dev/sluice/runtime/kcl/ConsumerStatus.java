package dev.sluice.runtime.kcl;

import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.stream.ShardId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How one consumer fares: the phase of its worker and the shards it reads.
final class ConsumerStatus {

    private enum Phase {
        NEW,
        STARTING,
        READING,
        STOPPED
    }

    private record State(Phase phase, Instant since, String problem) {}

    private final KclConsumerConfig config;
    private final InstantSource clock;
    private final Set<ShardStatus> shards = ConcurrentHashMap.newKeySet();
    private volatile State state;

    ConsumerStatus(KclConsumerConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.state = new State(Phase.NEW, clock.instant(), "");
    }

    void starting() {
        if (state.phase() != Phase.STARTING) {
            state = new State(Phase.STARTING, clock.instant(), "");
        }
    }

    void startFailed(Failure failure) {
        state = new State(Phase.STARTING, state.since(), failure.reason());
    }

    void reading() {
        state = new State(Phase.READING, clock.instant(), "");
    }

    void stopped() {
        state = new State(Phase.STOPPED, clock.instant(), "");
    }

    boolean isReading() {
        return state.phase() == Phase.READING;
    }

    ShardStatus opened(ShardId shard) {
        ShardStatus status = new ShardStatus(shard, clock);
        shards.add(status);
        return status;
    }

    void ended(ShardStatus shard) {
        shards.remove(shard);
    }

    boolean hasOpenShards() {
        return !shards.isEmpty();
    }

    /// The largest of the shards' iterator ages; zero when none is read.
    Duration iteratorAge() {
        return shards.stream()
                .map(ShardStatus::iteratorAge)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /// The largest of the shards' clock skews; zero when none is read.
    Duration clockSkew() {
        return shards.stream()
                .map(ShardStatus::clockSkew)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /// @param alive whether the thread that runs the library is
    HealthReport health(boolean alive) {
        Map<String, String> details = details();
        String why = why(alive);
        return why.isEmpty() ? HealthReport.up(details) : HealthReport.down(why, details);
    }

    private String why(boolean alive) {
        State now = state;
        String name = config.application() + " on stream " + config.stream() + ": ";
        return switch (now.phase()) {
            case NEW -> name + "not started";
            case STOPPED -> name + "stopped";
            case STARTING -> {
                if (!now.problem().isEmpty()) {
                    yield name + "cannot start: " + now.problem();
                }
                Duration waited = Duration.between(now.since(), clock.instant());
                yield waited.compareTo(config.tuning().stuckAfter()) > 0
                        ? name + "starting for " + waited.toSeconds() + " s"
                        : "";
            }
            case READING -> alive ? troubles(name) : name + "its scheduler thread has died";
        };
    }

    private String troubles(String name) {
        Duration stuckAfter = config.tuning().stuckAfter();
        List<String> troubles =
                shards.stream()
                        .filter(s -> !s.trouble(stuckAfter).isEmpty())
                        .map(s -> s.shard() + ": " + s.trouble(stuckAfter))
                        .sorted()
                        .toList();
        if (troubles.isEmpty()) {
            return "";
        }
        String more =
                troubles.size() == 1 ? "" : " (and " + (troubles.size() - 1) + " shards more)";
        return name + troubles.getFirst() + more;
    }

    private Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("application", config.application());
        details.put("stream", config.stream().value());
        details.put("worker", config.workerId());
        details.put("phase", state.phase().name());
        details.put("iteratorAge", iteratorAge().toString());
        for (ShardStatus shard : shards) {
            details.put(
                    shard.shard().value(),
                    "iterator age %s, last batch %s"
                            .formatted(shard.iteratorAge(), shard.lastTick()));
        }
        return details;
    }
}
