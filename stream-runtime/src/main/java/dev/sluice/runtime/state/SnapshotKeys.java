package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.ShardId;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// The keys of one shard's snapshots: `state/<application>/<shard>/<name>`, and `end` in the name's
/// place for the one that its children inherit.
record SnapshotKeys(String application, ShardId shard) {

    private static final String END = "end";

    /// Of all shards of an application.
    static String prefix(String application) {
        return "state/" + application + "/";
    }

    String prefix() {
        return prefix(application) + shard + "/";
    }

    String of(SnapshotName name) {
        return prefix() + name;
    }

    String end() {
        return prefix() + END;
    }

    static boolean isEnd(String key) {
        return key.endsWith("/" + END);
    }

    /// The names in those of the keys that are this shard's.
    List<SnapshotName> names(Collection<String> keys) {
        return keys.stream()
                .filter(key -> key.startsWith(prefix()))
                .map(key -> SnapshotName.parse(key.substring(prefix().length())))
                .filter(Objects::nonNull)
                .toList();
    }
}
