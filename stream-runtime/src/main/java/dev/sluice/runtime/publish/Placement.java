package dev.sluice.runtime.publish;

/// What answers say about the shard map, from harmless to worst.
enum Placement {
    /// Records went where the map says.
    RIGHT,
    /// Records failed: shards may have changed.
    DOUBTFUL,
    /// A record was stored by another shard than the map says, or the stream refused the call.
    WRONG;

    Placement worse(Placement other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
