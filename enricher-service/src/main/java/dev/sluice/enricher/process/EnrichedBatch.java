package dev.sluice.enricher.process;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.enricher.ingress.ReceivedEvent;
import dev.sluice.enricher.ingress.RejectedEvent;
import dev.sluice.runtime.stream.SequenceNumber;

import java.util.List;

/// A slice after the enrichments: every event is in exactly one of the lists.
///
/// @param enriched in the order in which they came
/// @param derived what follows from them beyond themselves
/// @param replayed that the validator had sent before; they go no further
/// @param rejected what could not be read
/// @param upTo the last record of the slice
public record EnrichedBatch(
        List<EnrichedEvent> enriched,
        List<Derived> derived,
        List<ReceivedEvent> replayed,
        List<RejectedEvent> rejected,
        SequenceNumber upTo) {

    public List<QuarantineRecord> quarantined() {
        return rejected.stream().map(RejectedEvent::quarantined).toList();
    }
}
