package dev.sluice.loader.archive;

import dev.sluice.runtime.stream.SequenceNumber;

import java.time.Instant;

/// A frame as it lies in the archive.
///
/// @param arrivedAt when the stream took it, to the millisecond
/// @param claimedEvents how many events its header claims
public record ArchivedFrame(
        SequenceNumber sequence, Instant arrivedAt, int claimedEvents, byte[] frame) {}
