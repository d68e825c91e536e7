package dev.sluice.crash;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.traffic.load.Delivery;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Whether each device's events came out of the line in the order in which it sent them, as
/// docs/decisions/order.md promises: by the first occurrence of each on the enriched stream.
///
/// Promised is the order of events that were acknowledged before the device went on; not that of a
/// device one of whose events was under way in a reshard, and so lies on a shard beside its own,
/// nor that of events that may have waited in the bucket.
final class OrderAudit {

    private final Log log;
    private final SendOrder order;
    private final Map<String, Delivery> deliveries;
    private final DoorTrouble trouble;

    OrderAudit(Log log, SendOrder order, Map<String, Delivery> deliveries, DoorTrouble trouble) {
        this.log = log;
        this.order = order;
        this.deliveries = deliveries;
        this.trouble = trouble;
    }

    /// Hands over every event of a stream, those of a shard in order; see {@link StreamLog}.
    interface Log {
        void read(String stream, Consumer<StreamLog.Entry> entries);
    }

    /// @param overtaken what came out after a later event of its device, against the promise
    /// @param exempt how many did where it is not promised
    /// @param checked how many events came out
    record Result(List<String> overtaken, int exempt, int checked) {}

    Result check() {
        Walk walk = new Walk();
        log.read(Streams.ENRICHED, walk::step);
        if (walk.overtaken.isEmpty()) {
            return new Result(List.of(), 0, walk.seen.size());
        }
        Set<String> exemptDevices = new HashSet<>();
        for (String stream : Streams.EVENTS) {
            log.read(stream, entry -> noteMisplaced(entry, exemptDevices));
        }
        List<String> broken =
                walk.overtaken.stream()
                        .filter(found -> !exemptDevices.contains(found.place.device()))
                        .map(Overtaken::toString)
                        .toList();
        return new Result(broken, walk.overtaken.size() - broken.size(), walk.seen.size());
    }

    private void noteMisplaced(StreamLog.Entry entry, Set<String> devices) {
        SendOrder.Place place = entry.misplaced() ? order.of(entry.eventId()) : null;
        if (place != null) {
            devices.add(place.device());
        }
    }

    private final class Walk {

        private final Set<String> seen = new HashSet<>();
        private final Map<String, Integer> highest = new HashMap<>();
        private final List<Overtaken> overtaken = new ArrayList<>();

        void step(StreamLog.Entry entry) {
            SendOrder.@Nullable Place place = order.of(entry.eventId());
            if (place == null || !seen.add(entry.eventId()) || !promised(entry)) {
                return;
            }
            int before = highest.getOrDefault(place.device(), -1);
            if (place.number() < before) {
                overtaken.add(new Overtaken(place, before, entry));
            } else {
                highest.put(place.device(), place.number());
            }
        }
    }

    private boolean promised(StreamLog.Entry entry) {
        Delivery delivery = deliveries.get(entry.eventId());
        return delivery != null
                && delivery.copies() == delivery.acknowledged()
                && !trouble.covers(entry.receivedTs());
    }

    private record Overtaken(SendOrder.Place place, int by, StreamLog.Entry entry) {
        @Override
        public String toString() {
            return "%s (event %d of %s, after event %d; %s at %s)"
                    .formatted(
                            entry.eventId(),
                            place.number(),
                            place.device(),
                            by,
                            entry.shard(),
                            entry.sequence());
        }
    }
}
