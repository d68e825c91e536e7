package dev.sluice.runtime.stream;

import java.time.Instant;

/// One record read from a shard.
///
/// @param arrivedAt when the stream took it
/// @param data owned by the reader
public record StreamRecord(SequenceNumber sequence, Instant arrivedAt, byte[] data) {}
