package dev.sluice.loader.publish;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventOrigin;
import dev.sluice.contracts.event.OriginCodec;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.process.MappedEvent;
import dev.sluice.loader.process.Row;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.state.OriginPosition;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Opens the frames of one shard, in their order, and keeps back what the enricher has sent before.
final class FrameReader {

    private static final Rejection.DecodeFailure UNREADABLE =
            new Rejection.DecodeFailure("the event cannot be read by the loader");

    /// Types that have no contract come with every event of theirs.
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final FrameDecoder decoder;
    private final Reference<EventRows> current;
    private final OriginMarks marks;
    private final OriginCodec origins = new OriginCodec();

    FrameReader(FrameDecoder decoder, Reference<EventRows> current, OriginMarks marks) {
        this.decoder = decoder;
        this.current = current;
        this.marks = marks;
    }

    FrameRows read(RecordBatch batch, StreamRecord record) {
        return switch (decoder.decode(record.data())) {
            case Frame.Unreadable(Rejection.DecodeFailure why) -> {
                QuarantineId frame = position(batch, record, QuarantineId.WHOLE_FRAME);
                QuarantineRecord refused = refused(frame, record, why, null, null, record.data());
                yield new FrameRows(List.of(), List.of(refused), List.of(), 0);
            }
            case Frame.Readable(var _, List<SectionedEvent> events) ->
                    events(batch, record, events);
        };
    }

    private FrameRows events(RecordBatch batch, StreamRecord record, List<SectionedEvent> events) {
        List<ReceivedRow> rows = new ArrayList<>(events.size());
        List<QuarantineRecord> refused = new ArrayList<>();
        List<Receipt> replayed = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            SectionedEvent event = events.get(i);
            QuarantineId position = position(batch, record, i);
            try {
                Receipt receipt = Receipt.decode(event.receipt());
                if (isReplay(record, event, receipt)) {
                    replayed.add(receipt);
                    continue;
                }
                EventRows known = current.get();
                TenantId tenant = receipt.tenantId();
                MappedEvent mapped = known.mapper().map(tenant, event);
                if (isNewTo(known, tenant, mapped)) {
                    known = current.get();
                    mapped = known.mapper().map(tenant, event);
                }
                switch (mapped) {
                    case MappedEvent.Fits(Row row, var _, var _) ->
                            rows.add(new ReceivedRow(receipt, row, known.layout()));
                    case MappedEvent.Refused(Rejection why) ->
                            refused.add(refused(position, record, why, receipt, event));
                }
            } catch (IllegalArgumentException e) {
                refused.add(refused(position, record, UNREADABLE, null, null, body(event)));
            }
            bytes += event.size();
        }
        return new FrameRows(rows, refused, replayed, bytes);
    }

    /// The validator may have had its contract for a while already.
    ///
    /// @return whether there are newer contracts now
    private boolean isNewTo(EventRows known, TenantId tenant, MappedEvent mapped) {
        return mapped instanceof MappedEvent.Fits(var _, String type, String version)
                && !known.knows(tenant, type, version)
                && current.refreshFor(known, tenant + "/" + type + "/" + version, A_MOMENT);
    }

    /// Nobody knows of an event without an origin whether it was sent before.
    ///
    /// @throws IllegalArgumentException if its origin cannot be read
    private boolean isReplay(StreamRecord record, SectionedEvent event, Receipt receipt) {
        Bytes bytes = event.origin();
        if (bytes == null) {
            return false;
        }
        EventOrigin origin = origins.decode(bytes);
        return !marks.take(
                record.sequence(),
                new ShardId(origin.shard()),
                new OriginPosition(new SequenceNumber(origin.sequence()), origin.index()),
                HashKey.of(receipt.partitionKey()));
    }

    private static QuarantineRecord refused(
            QuarantineId position,
            StreamRecord record,
            Rejection why,
            @Nullable Receipt receipt,
            @Nullable CheckedFacts facts,
            byte[] original) {
        return QuarantineRecord.of(
                PublishMetrics.STAGE,
                position,
                why,
                receipt,
                facts == null ? null : facts.eventType(),
                facts == null ? null : facts.eventType() + '/' + facts.schemaVersion(),
                record.arrivedAt(),
                original);
    }

    private static QuarantineRecord refused(
            QuarantineId position,
            StreamRecord record,
            Rejection why,
            Receipt receipt,
            SectionedEvent event) {
        return refused(position, record, why, receipt, facts(event), body(event));
    }

    /// What the validator found, as far as it can be read.
    private static @Nullable CheckedFacts facts(SectionedEvent event) {
        try {
            return CheckedFacts.decode(event.requireChecked());
        } catch (IllegalArgumentException | IllegalStateException e) {
            return null;
        }
    }

    private static QuarantineId position(RecordBatch batch, StreamRecord record, int index) {
        return new QuarantineId(
                batch.stream().value(), batch.shard().value(), record.sequence().toString(), index);
    }

    private static byte[] body(SectionedEvent event) {
        return event.body().toArray();
    }
}
