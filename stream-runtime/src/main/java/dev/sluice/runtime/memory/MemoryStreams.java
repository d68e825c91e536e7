package dev.sluice.runtime.memory;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.OpenShard;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PutResult;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Kinesis streams in memory: shards, sequence numbers, splits and merges as the service has them,
/// and failures on request. Thread-safe.
public final class MemoryStreams implements StreamClient {

    private static final int MOST_RECORDS = 500;
    private static final int MOST_BYTES = 5 << 20;
    private static final int LARGEST_RECORD = 1 << 20;

    private final Map<StreamName, ShardSet> streams = new HashMap<>();
    private final MemoryStreamFaults faults = new MemoryStreamFaults();
    private final InstantSource clock;
    private final EffectLog log;

    public MemoryStreams() {
        this(InstantSource.system(), new EffectLog());
    }

    /// @param clock gives arrival times
    /// @param log gets every record that is stored
    public MemoryStreams(InstantSource clock, EffectLog log) {
        this.clock = clock;
        this.log = log;
    }

    /// Makes a stream of so many shards of equal ranges.
    public synchronized void create(StreamName stream, int shards) {
        if (streams.putIfAbsent(stream, new ShardSet(shards)) != null) {
            throw new IllegalStateException("stream exists: " + stream);
        }
    }

    /// Removes a stream and all that is in it.
    public synchronized void delete(StreamName stream) {
        streams.remove(stream);
    }

    /// Splits an open shard in the middle of its range.
    ///
    /// @return the two children, lower range first
    public synchronized List<ShardId> split(StreamName stream, ShardId shard) {
        return existing(stream).split(shard);
    }

    /// Merges two open shards whose ranges touch.
    ///
    /// @return the child
    public synchronized ShardId merge(StreamName stream, ShardId one, ShardId other) {
        return existing(stream).merge(one, other);
    }

    public MemoryStreamFaults faults() {
        return faults;
    }

    public EffectLog log() {
        return log;
    }

    @Override
    public synchronized List<OpenShard> openShards(StreamName stream) {
        log.mustLive();
        faults.beforeListing(stream);
        return existing(stream).open();
    }

    @Override
    public synchronized List<PutResult> put(StreamName stream, List<OutgoingRecord> records) {
        log.mustLive();
        faults.beforePut(stream);
        checkLimits(records);
        ShardSet shards = existing(stream);
        List<PutResult> results = new ArrayList<>(records.size());
        for (OutgoingRecord record : records) {
            results.add(put(stream, shards, record));
        }
        if (faults.answerLost()) {
            throw new TransientFailure("stream " + stream + ": the answer of a put was lost");
        }
        return results;
    }

    /// Every shard there ever was, parents before children.
    public synchronized List<MemoryShard> shards(StreamName stream) {
        return existing(stream).all();
    }

    /// The records of a shard, in order.
    public synchronized List<StreamRecord> records(StreamName stream, ShardId shard) {
        return existing(stream).records(shard);
    }

    /// The records of all shards, shard by shard, parents before children.
    public synchronized List<StreamRecord> records(StreamName stream) {
        ShardSet shards = existing(stream);
        return shards.all().stream().flatMap(shard -> shards.records(shard.id()).stream()).toList();
    }

    synchronized List<StreamRecord> read(
            StreamName stream, ShardId shard, @Nullable SequenceNumber after, int limit) {
        log.mustLive();
        return existing(stream).read(shard, after, limit);
    }

    synchronized boolean open(StreamName stream, ShardId shard) {
        return existing(stream).open(shard);
    }

    InstantSource clock() {
        return clock;
    }

    private PutResult put(StreamName stream, ShardSet shards, OutgoingRecord record) {
        HashKey key = record.explicitHashKey();
        ShardId shard = shards.shardOf(key);
        Optional<String> failure = faults.recordFailure(shard);
        if (failure.isPresent()) {
            return new PutResult.Failed(failure.get(), "asked for, in " + stream + " " + shard);
        }
        byte[] data = record.data().clone();
        StreamRecord stored = shards.append(shard, clock.instant(), data);
        log.add(new Effect.RecordPut(stream, shard, data));
        return new PutResult.Stored(shard, stored.sequence());
    }

    private ShardSet existing(StreamName stream) {
        @Nullable ShardSet shards = streams.get(stream);
        if (shards == null) {
            throw new SetupFailure("stream " + stream + " does not exist; create it");
        }
        return shards;
    }

    private static void checkLimits(List<OutgoingRecord> records) {
        long bytes = 0;
        for (OutgoingRecord record : records) {
            bytes += record.data().length;
            if (record.data().length > LARGEST_RECORD) {
                throw new IllegalArgumentException("record of " + record.data().length + " bytes");
            }
        }
        if (records.isEmpty() || records.size() > MOST_RECORDS || bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "put of %d records, %d bytes".formatted(records.size(), bytes));
        }
    }
}
