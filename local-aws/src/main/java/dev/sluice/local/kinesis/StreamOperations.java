package dev.sluice.local.kinesis;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// Creating, deleting and changing a stream as a whole. Every change is complete when it is
/// answered: a stream is ACTIVE or it is not there.
final class StreamOperations {

    static final int SHARD_LIMIT = 10_000;

    private static final int ON_DEMAND_SHARDS = 4;
    private static final int MIN_HOURS = 24;
    private static final int MAX_HOURS = 8760;

    private final StreamDirectory streams;
    private final Duration retention;

    StreamOperations(StreamDirectory streams, Duration retention) {
        this.streams = streams;
        this.retention = retention;
    }

    Reply createStream(Call call) {
        Parameters parameters = call.parameters();
        String name = StreamDirectory.checkedName(parameters);
        StreamManifest.Mode mode =
                parameters
                        .object("StreamModeDetails")
                        .map(StreamOperations::mode)
                        .orElse(StreamManifest.Mode.PROVISIONED);
        int shards =
                mode == StreamManifest.Mode.ON_DEMAND
                        ? ON_DEMAND_SHARDS
                        : parameters.requiredInteger("ShardCount", 1, Integer.MAX_VALUE);
        if (streams.catalogue().openShards() + (long) shards > SHARD_LIMIT) {
            throw KinesisError.limitExceeded(
                    "Stream " + name + " would exceed the limit of " + SHARD_LIMIT + " shards.");
        }
        List<HashRange> ranges = HashRange.uniform(shards);
        streams.catalogue()
                .create(
                        new StreamManifest(
                                name,
                                ThreadLocalRandom.current().nextLong(),
                                call.nowMillis(),
                                mode,
                                (int) retention.toHours(),
                                TagOperations.checked(
                                        name, parameters.textEntries("Tags"), new TreeMap<>()),
                                shards,
                                IntStream.range(0, shards)
                                        .mapToObj(
                                                i ->
                                                        ShardManifest.root(
                                                                i, ranges.get(i), call.nowMillis()))
                                        .toList()));
        return Reply.EMPTY;
    }

    private static StreamManifest.Mode mode(Parameters details) {
        String mode = details.requiredText("StreamMode");
        try {
            return StreamManifest.Mode.valueOf(mode);
        } catch (IllegalArgumentException e) {
            throw KinesisError.constraint(
                    "streamModeDetails.streamMode",
                    "satisfy enum value set: [PROVISIONED, ON_DEMAND]");
        }
    }

    Reply deleteStream(Call call) {
        streams.catalogue().delete(streams.of(call.parameters()));
        return Reply.EMPTY;
    }

    Reply updateStreamMode(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        StreamManifest.Mode mode =
                mode(
                        call.parameters()
                                .object("StreamModeDetails")
                                .orElseThrow(
                                        () ->
                                                KinesisError.constraint(
                                                        "StreamModeDetails", "not be null")));
        stream.change(manifest -> manifest.withMode(mode));
        return Reply.EMPTY;
    }

    Reply increaseRetention(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        int hours = requestedHours(call, stream);
        stream.change(
                manifest -> {
                    if (hours < manifest.retentionHours()) {
                        throw KinesisError.invalidArgument(
                                retentionRefusal(hours, manifest, "shorter"));
                    }
                    return manifest.withRetentionHours(hours);
                });
        return Reply.EMPTY;
    }

    Reply decreaseRetention(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        int hours = requestedHours(call, stream);
        stream.change(
                manifest -> {
                    if (hours > manifest.retentionHours()) {
                        throw KinesisError.invalidArgument(
                                retentionRefusal(hours, manifest, "longer"));
                    }
                    return manifest.withRetentionHours(hours);
                });
        return Reply.EMPTY;
    }

    private static int requestedHours(Call call, KinesisStream stream) {
        int hours = call.parameters().requiredInteger("RetentionPeriodHours", 1, Integer.MAX_VALUE);
        if (hours < MIN_HOURS || hours > MAX_HOURS) {
            throw KinesisError.invalidArgument(
                    "RetentionPeriodHours of stream "
                            + stream.name()
                            + " must be "
                            + MIN_HOURS
                            + " to "
                            + MAX_HOURS
                            + ", was "
                            + hours
                            + ".");
        }
        return hours;
    }

    private static String retentionRefusal(int hours, StreamManifest manifest, String how) {
        return "Requested retention period ("
                + hours
                + " hours) for stream "
                + manifest.name()
                + " can not be "
                + how
                + " than existing retention period ("
                + manifest.retentionHours()
                + " hours).";
    }
}
