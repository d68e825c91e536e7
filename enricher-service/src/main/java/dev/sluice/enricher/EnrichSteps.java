package dev.sluice.enricher;

import dev.sluice.enricher.process.EventEnricher;
import dev.sluice.enricher.process.session.OpenSessions;

/// What enriches the events of one shard, as the service's settings want it.
///
/// @param enricher with the enrichment that remembers the shard
/// @param sessions that it remembers; they follow the events on a commit
public record EnrichSteps(EventEnricher enricher, OpenSessions sessions) {

    /// Makes the steps of shards.
    @FunctionalInterface
    public interface Source {

        /// Steps that remember nothing yet.
        EnrichSteps ofShard();
    }
}
