package dev.sluice.enricher.egress;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.process.EnrichedEvent;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.HashKey;

import java.util.ArrayList;
import java.util.List;

/// Puts enriched events on the stream to loader and realtime, each on the shard of its partition
/// key.
public final class EnrichedStream {

    private final StreamPublisher<SectionedEvent> publisher;

    public EnrichedStream(StreamPublisher<SectionedEvent> publisher) {
        this.publisher = publisher;
    }

    /// Returns when the stream has every event.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if it does not have all of them
    /// @throws dev.sluice.runtime.failure.SetupFailure if the stream does not exist
    public void publish(List<EnrichedEvent> enriched) {
        List<Keyed<SectionedEvent>> values = new ArrayList<>(enriched.size());
        for (EnrichedEvent event : enriched) {
            values.add(new Keyed<>(HashKey.of(event.partitionKey()), event.event()));
        }
        publisher.publish(values);
    }
}
