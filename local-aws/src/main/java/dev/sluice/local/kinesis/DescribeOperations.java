package dev.sluice.local.kinesis;

import java.util.List;

/// DescribeStream, DescribeStreamSummary, ListStreams and DescribeLimits.
final class DescribeOperations {

    private static final int MAX_ON_DEMAND_STREAMS = 50;

    private final StreamDirectory streams;

    DescribeOperations(StreamDirectory streams) {
        this.streams = streams;
    }

    Reply describeStream(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        int limit = call.parameters().integer("Limit", 1, 10_000).orElse(100);
        int after =
                call.parameters()
                        .text("ExclusiveStartShardId")
                        .map(ShardFilter::shardIndex)
                        .orElse(-1);
        List<Shard> rest =
                stream.shards().all().stream()
                        .filter(s -> s.manifest().index() > after)
                        .limit(limit + 1L)
                        .toList();
        return out -> {
            out.startObject("StreamDescription");
            common(out, stream.manifest());
            out.startArray("Shards");
            rest.stream().limit(limit).forEach(s -> ShardDescription.write(out, s));
            out.endArray().bool("HasMoreShards", rest.size() > limit).endObject();
        };
    }

    Reply describeStreamSummary(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        return out -> {
            out.startObject("StreamDescriptionSummary");
            common(out, stream.manifest());
            out.number("OpenShardCount", stream.shards().open().size())
                    .number("ConsumerCount", 0)
                    .endObject();
        };
    }

    private void common(WireWriter out, StreamManifest manifest) {
        identity(out, manifest);
        out.number("RetentionPeriodHours", manifest.retentionHours())
                .startArray("EnhancedMonitoring")
                .startObject()
                .strings("ShardLevelMetrics", List.of())
                .endObject()
                .endArray()
                .string("EncryptionType", "NONE");
    }

    private void identity(WireWriter out, StreamManifest manifest) {
        out.string("StreamName", manifest.name())
                .string("StreamARN", streams.arn(manifest.name()))
                .string("StreamStatus", "ACTIVE")
                .timestamp("StreamCreationTimestamp", manifest.createdMillis())
                .startObject("StreamModeDetails")
                .string("StreamMode", manifest.mode().name())
                .endObject();
    }

    Reply listStreams(Call call) {
        Parameters parameters = call.parameters();
        int limit = parameters.integer("Limit", 1, 10_000).orElse(100);
        String after =
                parameters
                        .text("NextToken")
                        .map(token -> PageToken.parse(token, call.nowMillis()).after())
                        .or(() -> parameters.text("ExclusiveStartStreamName"))
                        .orElse("");
        List<StreamManifest> rest =
                streams.catalogue().all().stream()
                        .map(KinesisStream::manifest)
                        .filter(m -> m.name().compareTo(after) > 0)
                        .limit(limit + 1L)
                        .toList();
        List<StreamManifest> page = rest.stream().limit(limit).toList();
        boolean more = rest.size() > limit;
        return out -> {
            out.strings("StreamNames", page.stream().map(StreamManifest::name).toList())
                    .bool("HasMoreStreams", more)
                    .startArray("StreamSummaries");
            for (StreamManifest manifest : page) {
                out.startObject();
                identity(out, manifest);
                out.endObject();
            }
            out.endArray();
            if (more) {
                String last = page.getLast().name();
                out.string(
                        "NextToken",
                        new PageToken("", ShardFilter.ALL, last, call.nowMillis()).token());
            }
        };
    }

    Reply describeLimits(Call call) {
        return out ->
                out.number("ShardLimit", StreamOperations.SHARD_LIMIT)
                        .number("OpenShardCount", streams.catalogue().openShards())
                        .number("OnDemandStreamCount", onDemandStreams())
                        .number("OnDemandStreamCountLimit", MAX_ON_DEMAND_STREAMS);
    }

    private long onDemandStreams() {
        return streams.catalogue().all().stream()
                .filter(s -> s.manifest().mode() == StreamManifest.Mode.ON_DEMAND)
                .count();
    }
}
