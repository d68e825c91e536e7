package dev.sluice.collector.process.door;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Where the events of one request come from.
///
/// @param receivedTs when the whole request was there
/// @param ip the sender's address
/// @param userAgent at most 1024 bytes of UTF-8
public record Origin(
        TenantId tenantId,
        SourceId sourceId,
        Instant receivedTs,
        @Nullable String ip,
        @Nullable String userAgent) {}
