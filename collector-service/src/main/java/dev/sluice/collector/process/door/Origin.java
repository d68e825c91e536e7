package dev.sluice.collector.process.door;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Where the events of one request come from.
///
/// @param receivedTs when the whole request was there, to the microsecond
/// @param ip the sender's address
/// @param userAgent at most 1024 bytes of UTF-8
/// @param privacy what may be kept of events besides
public record Origin(
        TenantId tenantId,
        SourceId sourceId,
        Instant receivedTs,
        @Nullable String ip,
        @Nullable String userAgent,
        Privacy privacy) {

    /// When one of the events counts as received: each a microsecond after the one before, so that
    /// no two receipts of one event id have the same time. Only a copy of a receipt has.
    ///
    /// @param index of the event in its request, from 0
    public Instant receivedTs(int index) {
        return receivedTs.plus(index, ChronoUnit.MICROS);
    }
}
