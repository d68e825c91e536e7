package dev.sluice.runtime.kcl;

import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How one shard fares, written by its processor and read by health and metrics.
final class ShardStatus {

    private final ShardId shard;
    private final InstantSource clock;
    private volatile Instant lastTick;
    private volatile Duration behind = Duration.ZERO;
    private volatile Duration ahead = Duration.ZERO;
    private volatile @Nullable Instant batchSince;
    private volatile @Nullable Failure failure;
    private volatile @Nullable Deferral deferral;

    private record Deferral(Instant since, String reason) {}

    ShardStatus(ShardId shard, InstantSource clock) {
        this.shard = shard;
        this.clock = clock;
        this.lastTick = clock.instant();
    }

    ShardId shard() {
        return shard;
    }

    void received(Duration iteratorAge) {
        behind = iteratorAge;
        batchSince = clock.instant();
    }

    /// @param newest when the newest record of a batch arrived, by the clock of the service
    void arrived(Instant newest) {
        Duration future = Duration.between(clock.instant(), newest);
        ahead = future.isNegative() ? Duration.ZERO : future;
    }

    /// How far the newest record read lay in the future of this machine's clock. A clock of the
    /// service that is behind cannot be told from a record that was read late.
    Duration clockSkew() {
        return ahead;
    }

    /// A batch, empty or not, was taken by the handler.
    void ticked() {
        failure = null;
        batchSince = null;
        lastTick = clock.instant();
    }

    void failed(Failure reason) {
        failure = reason;
    }

    void recovered() {
        failure = null;
    }

    void checkpointDeferred(String reason) {
        Deferral before = deferral;
        deferral = new Deferral(before == null ? clock.instant() : before.since(), reason);
    }

    void checkpointed() {
        deferral = null;
    }

    /// How far the last record read is behind the tip; grows while its batch is not yet done and
    /// while reads bring no answer, not even an empty one.
    Duration iteratorAge() {
        Instant since = batchSince;
        return behind.plus(Duration.between(since == null ? lastTick : since, clock.instant()));
    }

    Instant lastTick() {
        return lastTick;
    }

    /// Why this shard needs a person; empty when it does not.
    String trouble(Duration stuckAfter) {
        Failure now = failure;
        if (now != null && !now.isTransient()) {
            return now.reason();
        }
        Duration silent = Duration.between(lastTick, clock.instant());
        if (silent.compareTo(stuckAfter) > 0) {
            String last = now == null ? "" : "; last failure: " + now.reason();
            return "no batch done for " + silent.toSeconds() + " s" + last;
        }
        Deferral late = deferral;
        if (late != null && late.since().plus(stuckAfter).isBefore(clock.instant())) {
            return "no checkpoint since " + late.since() + ": " + late.reason();
        }
        return "";
    }
}
