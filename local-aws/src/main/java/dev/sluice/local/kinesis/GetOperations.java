package dev.sluice.local.kinesis;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/// GetShardIterator and GetRecords.
final class GetOperations {

    static final int MAX_RECORDS = 10_000;

    /// Data and partition keys of one answer.
    static final long MAX_BYTES = 10L << 20;

    private final StreamDirectory streams;
    private final boolean limitsEnforced;

    GetOperations(StreamDirectory streams, boolean limitsEnforced) {
        this.streams = streams;
        this.limitsEnforced = limitsEnforced;
    }

    Reply getShardIterator(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        Shard shard = streams.shard(stream, call.parameters().requiredText("ShardId"));
        ShardIterator iterator =
                new ShardIterator(
                        stream.name(),
                        stream.manifest().id(),
                        shard.manifest().index(),
                        position(call, stream, shard),
                        call.nowMillis());
        return out -> out.string("ShardIterator", iterator.token());
    }

    private static long position(Call call, KinesisStream stream, Shard shard) {
        String type = call.parameters().requiredText("ShardIteratorType");
        return switch (type) {
            case "TRIM_HORIZON" -> shard.log().start();
            case "LATEST" -> shard.log().end();
            case "AT_SEQUENCE_NUMBER" -> sequencePosition(call, stream, shard, false);
            case "AFTER_SEQUENCE_NUMBER" -> sequencePosition(call, stream, shard, true);
            case "AT_TIMESTAMP" -> shard.log().seek(timestamp(call, stream));
            default ->
                    throw KinesisError.constraint(
                            "ShardIteratorType",
                            "satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP,"
                                    + " AT_SEQUENCE_NUMBER, TRIM_HORIZON]");
        };
    }

    private static long timestamp(Call call, KinesisStream stream) {
        Instant at =
                call.parameters()
                        .instant("Timestamp")
                        .orElseThrow(
                                () ->
                                        KinesisError.invalidArgument(
                                                "Timestamp is needed for AT_TIMESTAMP in stream "
                                                        + stream.name()
                                                        + "."));
        if (at.toEpochMilli() > call.nowMillis()) {
            throw KinesisError.invalidArgument(
                    "The timestampInMillis parameter cannot be greater than the"
                            + " currentTimestampInMillis. timestampInMillis: "
                            + at.toEpochMilli()
                            + ", currentTimestampInMillis: "
                            + call.nowMillis());
        }
        return at.toEpochMilli();
    }

    private static long sequencePosition(
            Call call, KinesisStream stream, Shard shard, boolean after) {
        String text =
                call.parameters()
                        .text("StartingSequenceNumber")
                        .orElseThrow(
                                () ->
                                        KinesisError.invalidArgument(
                                                "StartingSequenceNumber is needed in stream "
                                                        + stream.name()
                                                        + "."));
        ShardLog log = shard.log();
        SequenceNumber number =
                SequenceNumber.parse(text)
                        .filter(n -> n.equals(shard.sequenceNumber(n.offset())))
                        .filter(n -> n.offset() <= log.end())
                        .orElseThrow(() -> foreign(text, stream, shard));
        long offset = number.offset();
        if (offset < log.start() || offset == log.end()) {
            return Math.max(offset, log.start());
        }
        if (!log.holdsRecordAt(offset)) {
            throw foreign(text, stream, shard);
        }
        return after ? log.read(offset, 1, 0).next() : offset;
    }

    private static KinesisError foreign(String number, KinesisStream stream, Shard shard) {
        return KinesisError.invalidArgument(
                "StartingSequenceNumber "
                        + number
                        + " used in GetShardIterator on shard "
                        + shard.id()
                        + " in stream "
                        + stream.name()
                        + " is invalid because it did not come from this stream.");
    }

    Reply getRecords(Call call) {
        int limit = call.parameters().integer("Limit", 1, MAX_RECORDS).orElse(MAX_RECORDS);
        ShardIterator iterator =
                ShardIterator.parse(call.parameters().requiredText("ShardIterator"))
                        .orElseThrow(() -> KinesisError.invalidArgument("Invalid ShardIterator."));
        KinesisStream stream = streams.named(iterator.stream());
        if (stream.manifest().id() != iterator.streamId()) {
            throw KinesisError.notFound("The stream of this iterator is gone: " + stream.name());
        }
        Shard shard = streams.shard(stream, Shard.idOf(iterator.shardIndex()));
        if (iterator.isExpiredAt(call.nowMillis())) {
            throw new KinesisError(
                    "ExpiredIteratorException",
                    400,
                    String.format(
                            "Iterator expired. It was created at %s while right now it is %s, which"
                                    + " is further than the tolerated delay of %d milliseconds."
                                    + " (shard %s in stream %s)",
                            Instant.ofEpochMilli(iterator.issuedMillis()),
                            Instant.ofEpochMilli(call.nowMillis()),
                            ShardIterator.LIFETIME.toMillis(),
                            shard.id(),
                            stream.name()));
        }
        return read(call, stream, shard, iterator, limit);
    }

    private Reply read(
            Call call, KinesisStream stream, Shard shard, ShardIterator iterator, int limit) {
        if (limitsEnforced && !shard.throughput().admitsRead(call.nowMillis())) {
            throw KinesisError.throttled(stream.name(), shard.id());
        }
        ShardLog log = shard.log();
        long from = Math.min(iterator.position(), log.end());
        long horizon = stream.horizon(call.nowMillis());
        try {
            if (!log.surelyAfter(from, horizon)) {
                from = Math.max(from, log.seek(horizon));
            }
            LogSlice slice = log.read(from, limit, MAX_BYTES);
            if (limitsEnforced) {
                shard.throughput().countRead(slice.bytes());
            }
            boolean readOut = !shard.isOpen() && slice.next() >= log.end();
            return new Records(
                    shard,
                    slice,
                    readOut ? null : iterator.advancedTo(slice.next(), call.nowMillis()).token(),
                    readOut ? stream.shards().childrenOf(shard) : List.of(),
                    behind(slice, log, call.nowMillis()));
        } catch (UncheckedIOException e) {
            if (stream.isDeleted() || stream.shards().find(iterator.shardIndex()).isEmpty()) {
                throw KinesisError.notFound("Stream " + stream.name() + " or its shard is gone.");
            }
            throw e;
        }
    }

    private static long behind(LogSlice slice, ShardLog log, long nowMillis) {
        if (slice.next() >= log.end() || slice.records().isEmpty()) {
            return 0;
        }
        return Math.max(1, nowMillis - slice.records().getLast().arrivalMillis());
    }

    private record Records(
            Shard shard,
            LogSlice slice,
            @Nullable String nextIterator,
            List<Shard> children,
            long millisBehindLatest)
            implements Reply {

        @Override
        public void writeTo(WireWriter out) {
            out.startArray("Records");
            for (StoredRecord record : slice.records()) {
                out.startObject()
                        .string("SequenceNumber", shard.sequenceNumber(record.offset()).toString())
                        .timestamp("ApproximateArrivalTimestamp", record.arrivalMillis())
                        .blob("Data", record.buffer(), record.from(), record.length())
                        .string("PartitionKey", record.partitionKey())
                        .string("EncryptionType", "NONE")
                        .endObject();
            }
            out.endArray().string("NextShardIterator", nextIterator);
            out.number("MillisBehindLatest", millisBehindLatest);
            if (!children.isEmpty()) {
                out.startArray("ChildShards");
                children.forEach(child -> ShardDescription.writeChild(out, child));
                out.endArray();
            }
        }

        @Override
        public int sizeHint() {
            return (int) slice.bytes() + slice.records().size() * 200;
        }
    }
}
