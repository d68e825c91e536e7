package dev.sluice.contracts.frame;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.Rejection;

import java.util.List;

/// What a stream record turned out to be.
public sealed interface Frame {

    /// A frame that reads well.
    record Readable(FrameHeader header, List<SectionedEvent> events) implements Frame {
        public Readable {
            events = List.copyOf(events);
        }
    }

    /// Bytes that are no frame, or a damaged one; quarantined whole.
    record Unreadable(Rejection.DecodeFailure why) implements Frame {}
}
