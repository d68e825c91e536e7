package dev.sluice.enricher.process;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.stream.AckToken;

import java.util.List;

/// A slice after the enrichments: every event is in exactly one of the lists.
///
/// @param enriched in the order in which they came
/// @param rejected a frame that could not be read counts as one
/// @param token of the slice they came in
public record EnrichedBatch(
        List<EnrichedEvent> enriched, List<QuarantineRecord> rejected, AckToken token) {}
