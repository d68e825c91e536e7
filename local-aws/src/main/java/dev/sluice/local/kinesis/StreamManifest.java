package dev.sluice.local.kinesis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything about a stream that is not a record; the content of its `stream.json`.
///
/// @param id tells a stream from an earlier one of the same name
/// @param nextShard index of the next shard to be made; never reused
record StreamManifest(
        String name,
        long id,
        long createdMillis,
        Mode mode,
        int retentionHours,
        SortedMap<String, String> tags,
        int nextShard,
        List<ShardManifest> shards) {

    enum Mode {
        PROVISIONED,
        ON_DEMAND
    }

    StreamManifest {
        tags = new TreeMap<>(tags);
        shards = List.copyOf(shards);
    }

    Duration retention() {
        return Duration.ofHours(retentionHours);
    }

    StreamManifest withMode(Mode newMode) {
        return new StreamManifest(
                name, id, createdMillis, newMode, retentionHours, tags, nextShard, shards);
    }

    StreamManifest withRetentionHours(int hours) {
        return new StreamManifest(name, id, createdMillis, mode, hours, tags, nextShard, shards);
    }

    StreamManifest withTags(Map<String, String> newTags) {
        return new StreamManifest(
                name,
                id,
                createdMillis,
                mode,
                retentionHours,
                new TreeMap<>(newTags),
                nextShard,
                shards);
    }

    StreamManifest withShards(List<ShardManifest> newShards) {
        return new StreamManifest(
                name, id, createdMillis, mode, retentionHours, tags, nextShard, newShards);
    }

    /// Closes `parents` and adds `children`, whose indexes follow [#nextShard()].
    StreamManifest resharded(
            List<Integer> parents, List<ShardManifest> children, long closedMillis) {
        Stream<ShardManifest> before =
                shards.stream()
                        .map(s -> parents.contains(s.index()) ? s.closedAt(closedMillis) : s);
        return new StreamManifest(
                name,
                id,
                createdMillis,
                mode,
                retentionHours,
                tags,
                nextShard + children.size(),
                Stream.concat(before, children.stream()).collect(Collectors.toList()));
    }
}
