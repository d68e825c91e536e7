package dev.sluice.loader.sink;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.table.Column;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.process.MappedEvent;
import dev.sluice.loader.process.Row;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Opens frames of the enriched stream and makes rows of the events that the rules let through.
/// What cannot be read or does not fit is passed over: the publish loop quarantines it.
final class SinkReader {

    /// Types that have no contract come with every event of theirs.
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final FrameDecoder decoder;
    private final Reference<EventRows> current;
    private final SinkRules rules;

    /// The layout that was met last, and where it has the time of enrichment.
    private @Nullable FileLayout seen;

    private int enrichedTs;

    /// @param filtered events that the rules leave out
    /// @param unreadable events, or the whole frame
    /// @param bytes of the events in rows, decompressed
    record Found(List<SinkRow> rows, int filtered, int unreadable, long bytes) {}

    SinkReader(FrameDecoder decoder, Reference<EventRows> current, SinkRules rules) {
        this.decoder = decoder;
        this.current = current;
        this.rules = rules;
    }

    Found read(RecordBatch batch, StreamRecord record) {
        return switch (decoder.decode(record.data())) {
            case Frame.Unreadable _ -> new Found(List.of(), 0, 1, 0);
            case Frame.Readable(var _, List<SectionedEvent> events) ->
                    events(batch, record, events);
        };
    }

    private Found events(RecordBatch batch, StreamRecord record, List<SectionedEvent> events) {
        List<SinkRow> rows = new ArrayList<>(events.size());
        int filtered = 0;
        int unreadable = 0;
        long bytes = 0;
        for (int i = 0; i < events.size(); i++) {
            SectionedEvent event = events.get(i);
            try {
                Receipt receipt = Receipt.decode(event.receipt());
                CheckedFacts facts = CheckedFacts.decode(event.requireChecked());
                if (!rules.lets(receipt.tenantId(), facts.eventType(), receipt.eventId())) {
                    filtered++;
                    continue;
                }
                EventRows known = contracts(receipt, facts);
                switch (known.mapper().map(receipt.tenantId(), event)) {
                    case MappedEvent.Fits(Row row, var _, var _) -> {
                        QuarantineId position = position(batch, record, i);
                        FileLayout layout = known.layout();
                        rows.add(
                                new SinkRow(
                                        position,
                                        receipt,
                                        facts,
                                        row,
                                        layout,
                                        version(row, layout)));
                        bytes += event.size();
                    }
                    case MappedEvent.Refused _ -> unreadable++;
                }
            } catch (IllegalArgumentException | IllegalStateException e) {
                unreadable++;
            }
        }
        return new Found(rows, filtered, unreadable, bytes);
    }

    /// The validator may have had the event's contract for a while already.
    private EventRows contracts(Receipt receipt, CheckedFacts facts) {
        EventRows known = current.get();
        if (!known.knows(receipt.tenantId(), facts.eventType(), facts.schemaVersion())) {
            String contract =
                    receipt.tenantId() + "/" + facts.eventType() + "/" + facts.schemaVersion();
            current.refreshFor(known, contract, A_MOMENT);
        }
        return current.get();
    }

    private long version(Row row, FileLayout layout) {
        if (seen != layout) {
            seen = layout;
            enrichedTs =
                    layout.columns().stream().map(Column::name).toList().indexOf("enriched_ts");
        }
        return row.values()[enrichedTs] instanceof Long micros ? micros : row.receivedMicros();
    }

    private static QuarantineId position(RecordBatch batch, StreamRecord record, int index) {
        return new QuarantineId(
                batch.stream().value(), batch.shard().value(), record.sequence().toString(), index);
    }
}
