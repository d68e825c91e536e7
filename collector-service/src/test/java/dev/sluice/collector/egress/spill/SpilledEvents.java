package dev.sluice.collector.egress.spill;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.objects.PendingObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/// What the tests of the spill have in common.
final class SpilledEvents {

    private SpilledEvents() {}

    static SectionedEvent event(String id, Instant receivedTs) {
        Receipt receipt =
                new Receipt(
                        new EventId(id),
                        new TenantId("shop"),
                        new SourceId("web"),
                        receivedTs,
                        "shop/" + id,
                        null,
                        null,
                        null);
        return SectionedEvent.received(
                receipt.encode(), Bytes.utf8("{\"event_type\":\"page_view\"}"));
    }

    static FrameEncoder frames(InstantSource clock) {
        return new FrameEncoder(FrameLimits.DEFAULT, 50_000, new UUID(0, 1), clock);
    }

    /// Turns one bit of an object.
    static void damage(MemoryObjectStore objects, String key) {
        byte[] content = objects.read(key).orElseThrow();
        content[content.length / 2] ^= 1;
        try (PendingObject object = objects.begin(key)) {
            object.content().write(content);
            object.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
