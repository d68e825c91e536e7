package dev.sluice.validator.egress;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.OriginCodec;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.validator.process.CheckedEvent;

import java.util.ArrayList;
import java.util.List;

/// Puts valid events on the stream to the enricher, each on the shard of its partition key and with
/// its position on the raw stream, by which what a replay sends again is recognised there.
public final class ValidStream {

    private final StreamPublisher<SectionedEvent> publisher;

    public ValidStream(StreamPublisher<SectionedEvent> publisher) {
        this.publisher = publisher;
    }

    /// Returns when the stream has every event.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if it does not have all of them
    /// @throws dev.sluice.runtime.failure.SetupFailure if the stream does not exist
    public void publish(List<CheckedEvent> events) {
        OriginCodec origins = new OriginCodec();
        List<Keyed<SectionedEvent>> values = new ArrayList<>(events.size());
        for (CheckedEvent event : events) {
            QuarantineId position = event.received().position();
            Bytes origin = origins.encode(position.shard(), position.sequence(), position.index());
            values.add(new Keyed<>(event.key(), event.event().withOrigin(origin)));
        }
        publisher.publish(values);
    }
}
