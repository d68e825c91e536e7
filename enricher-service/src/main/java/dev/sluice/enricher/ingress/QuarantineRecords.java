package dev.sluice.enricher.ingress;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Writes down what could not be read. All of it comes from the stream, nothing from this machine
/// or moment, so that a replay writes the same record.
public final class QuarantineRecords {

    private static final String STAGE = "enricher";

    private QuarantineRecords() {}

    /// A frame nobody can read: its bytes as they came.
    static QuarantineRecord frame(
            QuarantineId position, StreamRecord record, Frame.Unreadable frame) {
        return QuarantineRecord.of(
                STAGE, position, frame.why(), null, null, null, record.arrivedAt(), record.data());
    }

    /// An event with a section that cannot be read: the client's bytes, and the receipt if that is
    /// whole.
    static QuarantineRecord event(
            QuarantineId position, Instant arrivedAt, SectionedEvent event, String why) {
        return QuarantineRecord.of(
                STAGE,
                position,
                new Rejection.DecodeFailure(why),
                receipt(event),
                null,
                null,
                arrivedAt,
                event.body().toArray());
    }

    /// An event of which what is personal could not be taken out.
    ///
    /// @param why its message may quote the event and is left out
    public static RejectedEvent notRedacted(ReceivedEvent received, Throwable why) {
        String message =
                "what is personal could not be taken out: " + why.getClass().getSimpleName();
        return new RejectedEvent(
                received.record(),
                QuarantineRecord.of(
                        STAGE,
                        received.position(),
                        new Rejection.Malformed(message),
                        received.envelope().receipt(),
                        received.envelope().facts().eventType(),
                        null,
                        received.arrivedAt(),
                        received.event().body().toArray()));
    }

    private static @Nullable Receipt receipt(SectionedEvent event) {
        try {
            return Receipt.decode(event.receipt());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
