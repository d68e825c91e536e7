package dev.sluice.runtime.memory;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Failures on request for {@link MemoryStreams}. Thread-safe.
public final class MemoryStreamFaults {

    private record Countdown(int left, String code) {}

    private record Chance(RandomGenerator random, double probability, String code) {}

    private final Deque<RuntimeException> puts = new ArrayDeque<>();
    private final Deque<RuntimeException> listings = new ArrayDeque<>();
    private final Map<ShardId, Countdown> shards = new HashMap<>();
    private Countdown records = new Countdown(0, "");
    private @Nullable Chance chance;
    private int lostAnswers;
    private boolean away;

    MemoryStreamFaults() {}

    /// The next records fail with the code, whatever their shard.
    public synchronized void failNextRecords(int count, String code) {
        records = new Countdown(count, code);
    }

    /// The next records that belong to the shard fail with the code.
    public synchronized void failNextRecordsOf(ShardId shard, int count, String code) {
        shards.put(shard, new Countdown(count, code));
    }

    /// From now on each record fails with the probability, from 0 to 1, until {@link #heal()}.
    public synchronized void failRandomly(RandomGenerator random, double probability, String code) {
        chance = new Chance(random, probability, code);
    }

    /// The next put throws and has no effect. Further ones queue up.
    public synchronized void throwOnNextPut(RuntimeException failure) {
        puts.add(failure);
    }

    /// The next put takes effect and its answer is lost: it throws a transient failure.
    public synchronized void loseNextAnswer() {
        lostAnswers++;
    }

    /// The next listing of shards throws. Further ones queue up.
    public synchronized void throwOnNextListing(RuntimeException failure) {
        listings.add(failure);
    }

    /// Every call throws a transient failure and has no effect, until {@link #heal()}.
    public synchronized void goAway() {
        away = true;
    }

    /// Forgets every failure that was asked for.
    public synchronized void heal() {
        puts.clear();
        listings.clear();
        shards.clear();
        records = new Countdown(0, "");
        chance = null;
        lostAnswers = 0;
        away = false;
    }

    synchronized void beforePut(StreamName stream) {
        before(stream, puts);
    }

    synchronized void beforeListing(StreamName stream) {
        before(stream, listings);
    }

    private void before(StreamName stream, Deque<RuntimeException> failures) {
        if (away) {
            throw new TransientFailure("stream " + stream + " is away");
        }
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    synchronized boolean answerLost() {
        return lostAnswers > 0 && lostAnswers-- > 0;
    }

    /// The code a record of the shard fails with; empty if it is to be stored.
    synchronized Optional<String> recordFailure(ShardId shard) {
        if (records.left() > 0) {
            records = new Countdown(records.left() - 1, records.code());
            return Optional.of(records.code());
        }
        Countdown ofShard = shards.get(shard);
        if (ofShard != null && ofShard.left() > 0) {
            shards.put(shard, new Countdown(ofShard.left() - 1, ofShard.code()));
            return Optional.of(ofShard.code());
        }
        if (chance != null && chance.random().nextDouble() < chance.probability()) {
            return Optional.of(chance.code());
        }
        return Optional.empty();
    }
}
