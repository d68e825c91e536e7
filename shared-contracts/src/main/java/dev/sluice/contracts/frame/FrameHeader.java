package dev.sluice.contracts.frame;

import java.time.Instant;
import java.util.UUID;

/// What can be known of a frame without decompressing it.
///
/// @param codec how the block is compressed
/// @param dictionaryId of the zstd dictionary, 0 for none
/// @param eventCount 1 or more
/// @param blockBytes size of the events once decompressed
/// @param createdAt when the frame was closed, to the microsecond
/// @param producerId the process that made it
/// @param trace the W3C trace context it was made in
public record FrameHeader(
        FrameCodec codec,
        int dictionaryId,
        int eventCount,
        int blockBytes,
        Instant createdAt,
        UUID producerId,
        TraceContext trace) {}
