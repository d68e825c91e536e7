package dev.sluice.validator.process;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.stream.SequenceNumber;

import java.time.Instant;

/// All that is left of an event whose subject was erased.
///
/// @param record that held it
public record SuppressedEvent(SequenceNumber record, Instant receivedTs, TenantId tenant) {

    public static SuppressedEvent of(SequenceNumber record, Receipt receipt) {
        return new SuppressedEvent(record, receipt.receivedTs(), receipt.tenantId());
    }
}
