package dev.sluice.runtime.publish;

import dev.sluice.runtime.stream.HashKey;

/// A value and the point of the hash space that decides its shard.
public record Keyed<E>(HashKey key, E value) {}
