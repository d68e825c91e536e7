package dev.sluice.validator.ingress;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Writes down what was refused. All of it comes from the stream, nothing from this machine or
/// moment, so that a replay writes the same record.
public final class QuarantineRecords {

    private static final String STAGE = "validator";

    private QuarantineRecords() {}

    /// A frame nobody can read: its bytes as they came.
    static QuarantineRecord frame(
            QuarantineId position, StreamRecord record, Frame.Unreadable frame) {
        return QuarantineRecord.of(
                STAGE, position, frame.why(), null, null, null, record.arrivedAt(), record.data());
    }

    /// An event of which not even the receipt can be read.
    static QuarantineRecord eventWithoutReceipt(
            QuarantineId position, Instant arrivedAt, SectionedEvent event, Rejection why) {
        return QuarantineRecord.of(
                STAGE, position, why, null, null, null, arrivedAt, event.body().toArray());
    }

    /// @param eventType as far as it could be read
    /// @param contract that was applied, if one was
    public static QuarantineRecord event(
            ReceivedEvent event,
            Rejection why,
            @Nullable String eventType,
            @Nullable String contract) {
        return QuarantineRecord.of(
                STAGE,
                event.position(),
                why,
                event.receipt(),
                eventType,
                contract,
                event.arrivedAt(),
                event.event().body().toArray());
    }
}
