package dev.sluice.runtime.memory;

import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamConsumer;
import dev.sluice.runtime.stream.StreamName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Drives shard handlers over {@link MemoryStreams} step by step, on the caller's thread, so that
/// a run is the same each time. Its leases keep the checkpoints over crashes and restarts, and
/// several consumers may share them; a shard starts when its parents have ended, as with the real
/// one.
public final class MemoryConsumer implements StreamConsumer {

    private static final int DEFAULT_BATCH = 1000;
    private static final int DEFAULT_ATTEMPTS = 10;

    private static final Logger log = LoggerFactory.getLogger(MemoryConsumer.class);

    private final MemoryStreams streams;
    private final StreamName stream;
    private final ShardHandlerFactory handlers;
    private final int batchSize;
    private final int attempts;
    private final MemoryLeases leases;
    private final Map<ShardId, HeldShard> held = new LinkedHashMap<>();
    private boolean running;
    private boolean checkpointing = true;

    public MemoryConsumer(MemoryStreams streams, StreamName stream, ShardHandlerFactory handlers) {
        this(streams, stream, handlers, DEFAULT_BATCH, DEFAULT_ATTEMPTS);
    }

    /// The only worker of its application.
    public MemoryConsumer(
            MemoryStreams streams,
            StreamName stream,
            ShardHandlerFactory handlers,
            int batchSize,
            int attempts) {
        this(streams, stream, handlers, new MemoryLeases(), batchSize, attempts);
    }

    /// @param leases of the application; consumers that share them share the shards
    /// @param batchSize the most records of one batch
    /// @param attempts how often a batch is offered to a handler that throws before its failure is
    ///     thrown at the caller; the real consumer never gives up
    public MemoryConsumer(
            MemoryStreams streams,
            StreamName stream,
            ShardHandlerFactory handlers,
            MemoryLeases leases,
            int batchSize,
            int attempts) {
        this.streams = streams;
        this.stream = stream;
        this.handlers = handlers;
        this.leases = leases;
        this.batchSize = batchSize;
        this.attempts = attempts;
    }

    @Override
    public synchronized void start() {
        leases.join(this);
        running = true;
    }

    /// Offers batches, shard by shard in turn, until every record is read and every closed shard is
    /// ended.
    ///
    /// @throws RuntimeException what a handler threw at the last attempt; calling again offers the
    ///     same batch again
    public synchronized void runUntilIdle() {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (HeldShard shard : shards()) {
                progress |= step(shard);
            }
        }
    }

    /// Gives every shard an empty batch, as an idle stream does every second or so.
    public synchronized void tick() {
        for (HeldShard shard : shards()) {
            checkpoint(shard, shard.offerNothing());
        }
    }

    /// The process dies: nothing is drained, nothing is told. What was not checkpointed is read
    /// again after {@link #start()}. To be called after a {@link SimulatedCrash} too.
    public synchronized void crash() {
        running = false;
        held.clear();
        leases.leave(this);
    }

    /// Another worker takes the lease and gives it back: the handler is abandoned and a new one
    /// starts after the last checkpoint.
    public synchronized void loseLease(ShardId shard) {
        HeldShard lost = held.remove(shard);
        if (lost != null) {
            lost.handler().abandon();
        }
    }

    /// From now on acknowledgements are not checkpointed, as between two checkpoint intervals of
    /// the real consumer: a crash reads those records again. Closing and the end of a shard
    /// checkpoint all the same.
    public synchronized void holdCheckpoints() {
        checkpointing = false;
    }

    /// The next acknowledgement is checkpointed again, and covers those before it.
    public synchronized void resumeCheckpoints() {
        checkpointing = true;
    }

    /// The last record of the shard that is checkpointed; empty if none is.
    public synchronized Optional<SequenceNumber> checkpoint(ShardId shard) {
        return Optional.ofNullable(leases.checkpoint(shard));
    }

    @Override
    public synchronized void close() {
        running = false;
        for (HeldShard shard : List.copyOf(held.values())) {
            shard.drain();
            checkpointFinally(shard);
        }
        held.clear();
        leases.leave(this);
    }

    @Override
    public synchronized HealthReport health() {
        Map<String, String> details =
                Map.of("stream", stream.value(), "shards", String.valueOf(held.size()));
        return running
                ? HealthReport.up(details)
                : HealthReport.down("stream " + stream + " is not being read", details);
    }

    /// The shards that are its to read, with their handlers; lets go of those that no longer are.
    private List<HeldShard> shards() {
        if (!running) {
            throw new IllegalStateException("the consumer of " + stream + " is not started");
        }
        streams.log().mustLive();
        List<MemoryShard> all = streams.shards(stream);
        List<ShardId> claimed = leases.claim(this, all);
        for (ShardId shard : List.copyOf(held.keySet())) {
            if (!claimed.contains(shard)) {
                loseLease(shard);
            }
        }
        for (MemoryShard shard : all) {
            if (claimed.contains(shard.id()) && !held.containsKey(shard.id())) {
                held.put(shard.id(), open(shard));
            }
        }
        return List.copyOf(held.values());
    }

    private HeldShard open(MemoryShard shard) {
        ShardStart start =
                new ShardStart(
                        stream,
                        shard.id(),
                        shard.range(),
                        leases.checkpoint(shard.id()),
                        shard.parents());
        return new HeldShard(streams, start, insist(() -> handlers.open(start)));
    }

    /// @return whether anything was read or ended
    private boolean step(HeldShard shard) {
        if (shard.hasMore()) {
            checkpoint(shard, insist(() -> shard.offer(batchSize)));
            return true;
        }
        if (streams.open(stream, shard.id())) {
            return false;
        }
        insist(shard::drainForGood);
        checkpointFinally(shard);
        insist(shard.handler()::beforeShardEnd);
        streams.log().mustLive();
        leases.end(shard.id());
        held.remove(shard.id());
        streams.log().add(new Effect.ShardEnd(stream, shard.id()));
        return true;
    }

    private void insist(Runnable attempt) {
        insist(
                () -> {
                    attempt.run();
                    return attempt;
                });
    }

    private <T> T insist(Supplier<T> attempt) {
        for (int i = 1; ; i++) {
            try {
                return attempt.get();
            } catch (RuntimeException e) {
                if (i >= attempts) {
                    throw e;
                }
            }
        }
    }

    private void checkpoint(HeldShard shard, Optional<SequenceNumber> acknowledged) {
        if (checkpointing && acknowledged.isPresent()) {
            checkpointFinally(shard);
        }
    }

    private void checkpointFinally(HeldShard shard) {
        SequenceNumber sequence = shard.acknowledged();
        if (sequence == null || sequence.equals(leases.checkpoint(shard.id()))) {
            return;
        }
        try {
            insist(() -> shard.handler().beforeCheckpoint(sequence));
        } catch (RuntimeException e) {
            log.warn("checkpoint {} of stream {} {} waits", sequence, stream, shard.id(), e);
            return;
        }
        streams.log().mustLive();
        leases.checkpoint(shard.id(), sequence);
        streams.log().add(new Effect.Checkpoint(stream, shard.id(), sequence));
        try {
            shard.handler().afterCheckpoint(sequence);
        } catch (RuntimeException e) {
            log.warn("stream {} {} could not tidy up", stream, shard.id(), e);
        }
    }
}
