package dev.sluice.collector.process.door;

import dev.sluice.collector.process.body.EventFields;
import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.key.PartitionKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Gives every event its receipt, and an id to those that have none. Thread-safe.
public final class Door {

    private final UuidV7 ids;

    public Door(UuidV7 ids) {
        this.ids = ids;
    }

    public AdmittedBatch admit(List<ReadEvent> events, Origin origin) {
        List<AdmittedEvent> admitted = new ArrayList<>(events.size());
        List<EventResult> results = new ArrayList<>();
        int accepted = 0;
        for (ReadEvent sent : events) {
            ReadEvent event = origin.privacy().apply(sent);
            String ownId = event.fields().eventId();
            EventId id = new EventId(ownId == null ? ids.next().toString() : ownId);
            if (ownId == null || event.refusal() != null) {
                results.add(new EventResult(admitted.size(), id, event.refusal()));
            }
            if (event.refusal() == null) {
                accepted++;
            }
            admitted.add(admit(event, id, origin, origin.receivedTs(admitted.size())));
        }
        return new AdmittedBatch(admitted, accepted, results);
    }

    private static AdmittedEvent admit(
            ReadEvent event, EventId id, Origin origin, Instant receivedTs) {
        EventFields fields = event.fields();
        String key =
                PartitionKey.of(
                        origin.tenantId(),
                        fields.anonymousId(),
                        fields.userId(),
                        fields.sessionId(),
                        id);
        Receipt receipt =
                new Receipt(
                        id,
                        origin.tenantId(),
                        origin.sourceId(),
                        receivedTs,
                        key,
                        origin.ip(),
                        origin.userAgent(),
                        event.refusal());
        return new AdmittedEvent(key, SectionedEvent.received(receipt.encode(), event.bytes()));
    }
}
