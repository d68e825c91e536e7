package dev.sluice.enricher.egress;

import dev.sluice.enricher.process.EnrichedBatch;

/// Where a slice goes.
///
/// @param quarantine gets what cannot be read
/// @param derived gets what follows from events beyond themselves
/// @param enriched gets the events
public record Outputs(QuarantineStream quarantine, DerivedStream derived, EnrichedStream enriched) {

    /// Returns when all of a slice is durable, its events last.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if not all of it is; some may be
    /// @throws dev.sluice.runtime.failure.SetupFailure if a stream or bucket is missing
    public void publish(EnrichedBatch slice) {
        quarantine.publish(slice.quarantined());
        derived.publish(slice.derived());
        enriched.publish(slice.enriched());
    }
}
