package dev.sluice.enricher.forward;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DerivedBatch;
import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.contracts.event.Timestamps;
import dev.sluice.enricher.forward.ReadSlice.UnreadableRecord;
import dev.sluice.runtime.bus.BusEvent;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// Takes the domain events from records of the derived stream, a slice of whole records at a time.
/// A record that cannot be read never stops the shard.
public final class DerivedIngress {

    /// Ten puts, so that small records share them.
    private static final int EVENTS_OF_A_SLICE = 100;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String source;

    /// @param source what the bus is told that events come from
    public DerivedIngress(String source) {
        this.source = source;
    }

    /// The next slice of a batch; null when there is none.
    ///
    /// @param after the last record that is done with; null if none is
    @Nullable ReadSlice next(RecordBatch batch, @Nullable SequenceNumber after) {
        List<OutgoingEvent> events = new ArrayList<>();
        List<UnreadableRecord> unreadable = new ArrayList<>();
        @Nullable SequenceNumber upTo = null;
        for (StreamRecord record : batch.records()) {
            if (events.size() >= EVENTS_OF_A_SLICE) {
                break;
            }
            if (after == null || record.sequence().compareTo(after) > 0) {
                read(batch.shard() + "/" + record.sequence(), record, events, unreadable);
                upTo = record.sequence();
            }
        }
        return upTo == null ? null : new ReadSlice(events, unreadable, upTo);
    }

    private void read(
            String place,
            StreamRecord record,
            List<OutgoingEvent> events,
            List<UnreadableRecord> unreadable) {
        try {
            List<OutgoingEvent> read = new ArrayList<>();
            int line = 0;
            for (Derived derived : DerivedBatch.decode(record.data())) {
                if (derived instanceof DomainEvent event) {
                    read.add(new OutgoingEvent(place + "-" + line, event.type(), onTheBus(event)));
                }
                line++;
            }
            events.addAll(read);
        } catch (IllegalArgumentException | NullPointerException e) {
            // A line without a field that every domain event has is as unreadable as no line.
            unreadable.add(
                    new UnreadableRecord(place, record.data(), e.getClass().getSimpleName()));
        }
    }

    private BusEvent onTheBus(DomainEvent event) {
        ObjectNode detail = JSON.createObjectNode();
        detail.put("id", event.id());
        detail.put("tenant_id", event.tenantId());
        detail.put("occurred_at", Timestamps.format(event.occurredAt()));
        event.detail().properties().forEach(field -> detail.set(field.getKey(), field.getValue()));
        return new BusEvent(source, event.type(), event.occurredAt(), detail.toString());
    }
}
