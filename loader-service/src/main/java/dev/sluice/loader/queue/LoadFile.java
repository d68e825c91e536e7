package dev.sluice.loader.queue;

import java.time.Instant;

/// A published Parquet file that waits to be loaded.
///
/// @param key of the object, which names the file for ever
/// @param rows in it
/// @param bytes of the object
/// @param createdAt when it was put into the queue
public record LoadFile(
        String key,
        long rows,
        long bytes,
        Instant minEventTs,
        Instant maxEventTs,
        Instant minReceivedTs,
        Instant maxReceivedTs,
        Instant createdAt) {}
