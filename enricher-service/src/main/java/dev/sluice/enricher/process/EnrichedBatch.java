package dev.sluice.enricher.process;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.enricher.ingress.ReceivedEvent;
import dev.sluice.runtime.stream.SequenceNumber;

import java.util.List;

/// A slice after the enrichments: every event is in exactly one of the lists.
///
/// @param enriched in the order in which they came
/// @param replayed that the validator had sent before; they go no further
/// @param rejected a frame that could not be read counts as one
/// @param upTo the last record of the slice
public record EnrichedBatch(
        List<EnrichedEvent> enriched,
        List<ReceivedEvent> replayed,
        List<QuarantineRecord> rejected,
        SequenceNumber upTo) {}
