package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

/// The names of one shard's snapshots: `state/<application>/<shard>/<checkpoint>`, and `end` in the
/// checkpoint's place for the one that its children inherit.
record SnapshotKeys(String application, ShardId shard) {

    private static final String END = "end";

    /// Of all shards of an application.
    static String prefix(String application) {
        return "state/" + application + "/";
    }

    String prefix() {
        return prefix(application) + shard + "/";
    }

    String at(SequenceNumber checkpoint) {
        return prefix() + checkpoint;
    }

    String end() {
        return prefix() + END;
    }

    static boolean isEnd(String key) {
        return key.endsWith("/" + END);
    }

    /// The checkpoint in a key of this shard; null if there is none in it.
    @Nullable SequenceNumber checkpoint(String key) {
        String name = key.substring(prefix().length());
        return name.matches("[0-9]+") ? SequenceNumber.of(name) : null;
    }
}
