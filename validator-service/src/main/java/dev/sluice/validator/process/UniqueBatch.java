package dev.sluice.validator.process;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.validator.ingress.RejectedEvent;

import java.util.List;

/// A slice after the duplicate filter: every event is in exactly one of the lists.
///
/// @param unique valid and the first with their id, in the order in which they came
/// @param duplicates valid copies of events that came before
/// @param suppressed events of subjects that were erased
/// @param upTo the last record of the slice
public record UniqueBatch(
        List<CheckedEvent> unique,
        List<CheckedEvent> duplicates,
        List<RejectedEvent> rejected,
        List<SuppressedEvent> suppressed,
        SequenceNumber upTo) {

    public List<QuarantineRecord> quarantined() {
        return rejected.stream().map(RejectedEvent::quarantined).toList();
    }
}
