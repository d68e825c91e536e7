package dev.sluice.collector.egress;

import dev.sluice.collector.egress.spill.SpillWriter;
import dev.sluice.collector.process.door.AdmittedEvent;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import java.util.List;

/// Makes events durable on the raw stream or, while that does not take them, in the bucket.
/// Thread-safe.
public final class SpillingStream implements DurableEvents {

    private final RawStream stream;
    private final SpillWriter spill;

    public SpillingStream(RawStream stream, SpillWriter spill) {
        this.stream = stream;
        this.spill = spill;
    }

    @Override
    public void publish(List<AdmittedEvent> events) {
        try {
            stream.publish(events);
        } catch (TransientFailure | SetupFailure away) {
            List<SectionedEvent> stored = events.stream().map(AdmittedEvent::event).toList();
            try {
                spill.store(stored);
            } catch (RuntimeException both) {
                both.addSuppressed(away);
                throw both;
            }
        }
    }
}
