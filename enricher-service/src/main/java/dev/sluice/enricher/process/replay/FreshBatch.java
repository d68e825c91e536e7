package dev.sluice.enricher.process.replay;

import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.enricher.ingress.ReceivedEvent;
import dev.sluice.runtime.stream.SequenceNumber;

import java.util.List;

/// A slice without what was sent again: every event is in exactly one of the lists.
///
/// @param events that come for the first time, in the order in which they came
/// @param replayed that the stage has had before
/// @param rejected a frame that could not be read counts as one
/// @param upTo the last record of the slice
public record FreshBatch(
        List<ReceivedEvent> events,
        List<ReceivedEvent> replayed,
        List<QuarantineRecord> rejected,
        SequenceNumber upTo) {}
