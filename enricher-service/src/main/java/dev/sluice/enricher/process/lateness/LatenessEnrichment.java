package dev.sluice.enricher.process.lateness;

import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EnrichmentFields;
import dev.sluice.enricher.process.EventView;

import java.time.Duration;
import java.time.Instant;

/// `is_late`: whether the event happened longer before its receipt than is usual. Live figures of
/// that time are out already; the warehouse still counts it.
public final class LatenessEnrichment implements Enrichment {

    private final Duration lateAfter;

    /// @throws IllegalArgumentException if the duration is negative
    public LatenessEnrichment(Duration lateAfter) {
        if (lateAfter.isNegative()) {
            throw new IllegalArgumentException("lateness is not negative: " + lateAfter);
        }
        this.lateAfter = lateAfter;
    }

    @Override
    public String name() {
        return "lateness";
    }

    @Override
    public Applied apply(EventView event, EnrichmentFields fields) {
        Instant received = event.receipt().receivedTs();
        fields.flag("is_late", event.facts().eventTs().isBefore(received.minus(lateAfter)));
        return Applied.APPLIED;
    }
}
