package dev.sluice.validator.egress;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.validator.process.CheckedEvent;

import java.util.ArrayList;
import java.util.List;

/// Puts valid events on the stream to the enricher, each on the shard of its partition key.
public final class ValidStream {

    private final StreamPublisher<SectionedEvent> publisher;

    public ValidStream(StreamPublisher<SectionedEvent> publisher) {
        this.publisher = publisher;
    }

    /// Returns when the stream has every event.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if it does not have all of them
    /// @throws dev.sluice.runtime.failure.SetupFailure if the stream does not exist
    public void publish(List<CheckedEvent> valid) {
        List<Keyed<SectionedEvent>> values = new ArrayList<>(valid.size());
        for (CheckedEvent event : valid) {
            values.add(new Keyed<>(HashKey.of(event.partitionKey()), event.event()));
        }
        publisher.publish(values);
    }
}
