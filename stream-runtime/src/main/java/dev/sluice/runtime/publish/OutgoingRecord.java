package dev.sluice.runtime.publish;

import dev.sluice.runtime.stream.HashKey;

/// A record on its way to the shard whose range holds the key.
public record OutgoingRecord(HashKey explicitHashKey, byte[] data) {}
