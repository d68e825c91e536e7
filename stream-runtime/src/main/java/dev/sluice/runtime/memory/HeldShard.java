package dev.sluice.runtime.memory;

import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A shard under lease: its handler, and how far it was given records.
final class HeldShard {

    private final MemoryStreams streams;
    private final StreamName stream;
    private final ShardId shard;
    private final ShardHandler handler;
    private @Nullable SequenceNumber position;
    private @Nullable SequenceNumber acknowledged;
    private boolean drained;

    HeldShard(MemoryStreams streams, ShardStart start, ShardHandler handler) {
        this.streams = streams;
        this.stream = start.stream();
        this.shard = start.shard();
        this.handler = handler;
        position = start.checkpoint();
        acknowledged = start.checkpoint();
    }

    ShardId id() {
        return shard;
    }

    ShardHandler handler() {
        return handler;
    }

    /// The last record that is acknowledged; null if none is.
    @Nullable SequenceNumber acknowledged() {
        return acknowledged;
    }

    boolean hasMore() {
        return !streams.read(stream, shard, position, 1).isEmpty();
    }

    /// @return what the handler acknowledged
    Optional<SequenceNumber> offer(int limit) {
        List<StreamRecord> unread = streams.read(stream, shard, position, limit + 1);
        List<StreamRecord> records = unread.subList(0, Math.min(limit, unread.size()));
        StreamRecord last = records.getLast();
        Duration behind =
                records.size() == unread.size()
                        ? Duration.ZERO
                        : Duration.between(last.arrivedAt(), streams.clock().instant());
        AckToken token = AckToken.upTo(last.sequence());
        AckToken answer =
                handler.handle(new RecordBatch(stream, shard, copies(records), behind, token));
        Optional<SequenceNumber> accepted = accepted(answer, last.sequence());
        position = last.sequence();
        return accepted;
    }

    Optional<SequenceNumber> offerNothing() {
        RecordBatch idle =
                new RecordBatch(stream, shard, List.of(), Duration.ZERO, AckToken.none());
        return accepted(handler.handle(idle), position);
    }

    Optional<SequenceNumber> drain() {
        return accepted(handler.drain(), position);
    }

    /// Drains at the end of the shard, once: then everything has to be acknowledged.
    void drainForGood() {
        if (drained) {
            return;
        }
        drain();
        if (position != null && !position.equals(acknowledged)) {
            throw new IllegalStateException(
                    "stream %s, %s: drained at its end, but %s is not acknowledged"
                            .formatted(stream, shard, position));
        }
        drained = true;
    }

    private Optional<SequenceNumber> accepted(AckToken answer, @Nullable SequenceNumber given) {
        SequenceNumber sequence = answer.sequence();
        if (sequence == null) {
            return Optional.empty();
        }
        if (given == null || sequence.compareTo(given) > 0) {
            throw new IllegalStateException(
                    "stream %s, %s: acknowledged %s, which was never given"
                            .formatted(stream, shard, sequence));
        }
        if (acknowledged == null || acknowledged.compareTo(sequence) < 0) {
            acknowledged = sequence;
        }
        return Optional.of(sequence);
    }

    /// A reader owns the bytes it is given.
    private static List<StreamRecord> copies(List<StreamRecord> records) {
        return records.stream()
                .map(
                        record ->
                                new StreamRecord(
                                        record.sequence(),
                                        record.arrivedAt(),
                                        record.data().clone()))
                .toList();
    }
}
