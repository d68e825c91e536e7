package dev.sluice.loader.publish;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.loader.process.MappedEvent;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.process.RowMapper;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A frame as rows and refusals.
///
/// @param rows that fit the table
/// @param refused events, or the whole frame
/// @param bytes of the events, decompressed
record FrameRows(List<Row> rows, List<QuarantineRecord> refused, long bytes) {

    private static final String STAGE = "loader";

    static FrameRows read(
            RecordBatch batch, StreamRecord record, FrameDecoder decoder, RowMapper mapper) {
        return switch (decoder.decode(record.data())) {
            case Frame.Unreadable(Rejection.DecodeFailure why) ->
                    new FrameRows(List.of(), List.of(frame(batch, record, why)), 0);
            case Frame.Readable(var _, List<SectionedEvent> events) ->
                    events(batch, record, events, mapper);
        };
    }

    private static FrameRows events(
            RecordBatch batch, StreamRecord record, List<SectionedEvent> events, RowMapper mapper) {
        List<Row> rows = new ArrayList<>(events.size());
        List<QuarantineRecord> refused = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            SectionedEvent event = events.get(i);
            bytes += event.size();
            switch (mapper.map(event)) {
                case MappedEvent.Fits(Row row) -> rows.add(row);
                case MappedEvent.Refused(Rejection why) ->
                        refused.add(
                                QuarantineRecord.of(
                                        STAGE,
                                        position(batch, record, i),
                                        why,
                                        receipt(event),
                                        null,
                                        null,
                                        record.arrivedAt(),
                                        event.body().toArray()));
            }
        }
        return new FrameRows(rows, refused, bytes);
    }

    private static QuarantineRecord frame(
            RecordBatch batch, StreamRecord record, Rejection.DecodeFailure why) {
        return QuarantineRecord.of(
                STAGE,
                position(batch, record, QuarantineId.WHOLE_FRAME),
                why,
                null,
                null,
                null,
                record.arrivedAt(),
                record.data());
    }

    private static QuarantineId position(RecordBatch batch, StreamRecord record, int index) {
        return new QuarantineId(
                batch.stream().value(), batch.shard().value(), record.sequence().toString(), index);
    }

    private static @Nullable Receipt receipt(SectionedEvent event) {
        try {
            return Receipt.decode(event.receipt());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
