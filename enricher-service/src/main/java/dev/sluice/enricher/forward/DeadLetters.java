package dev.sluice.enricher.forward;

import dev.sluice.enricher.forward.ReadSlice.UnreadableRecord;
import dev.sluice.enricher.forward.SentSlice.RefusedEvent;
import dev.sluice.runtime.bus.BusEvent;
import dev.sluice.runtime.objects.ObjectStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import java.util.List;

/// Keeps what the bus will never take, an object each under
/// `dead-letters/domain-events/<shard>/<sequence>-<line>.json`, as `aws events put-events
/// --entries` reads it; and a record that cannot be read, as it came, under
/// `dead-letters/domain-events/<shard>/<sequence>.record`. A replay writes the same objects.
public final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final String PREFIX = "dead-letters/domain-events/";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectStore objects;
    private final String bus;

    /// @param bus that refused them
    public DeadLetters(ObjectStore objects, String bus) {
        this.objects = objects;
        this.bus = bus;
    }

    /// Returns when all are durable.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if they are not; some may be
    /// @throws dev.sluice.runtime.failure.SetupFailure if the bucket is missing
    void keep(List<RefusedEvent> refused, List<UnreadableRecord> unreadable) {
        for (RefusedEvent each : refused) {
            String key = PREFIX + each.event().place() + ".json";
            objects.write(key, entries(each.event().event()));
            log.error(
                    "bus {} refused a {}: {}; kept as {}",
                    bus,
                    each.event().rule(),
                    each.code(),
                    objects.uri(key));
        }
        for (UnreadableRecord each : unreadable) {
            String key = PREFIX + each.place() + ".record";
            objects.write(key, each.data());
            log.error(
                    "a record of the derived stream cannot be read: {}; kept as {}",
                    each.why(),
                    objects.uri(key));
        }
    }

    private byte[] entries(BusEvent event) {
        ArrayNode entries = JSON.createArrayNode();
        entries.addObject()
                .put("EventBusName", bus)
                .put("Source", event.source())
                .put("DetailType", event.type())
                .put("Time", event.time().toString())
                .put("Detail", event.detail());
        return JSON.writeValueAsBytes(entries);
    }
}
