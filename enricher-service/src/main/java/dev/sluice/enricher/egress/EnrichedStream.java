package dev.sluice.enricher.egress;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.OriginCodec;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.enricher.process.EnrichedEvent;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.StreamPublisher;

import java.util.ArrayList;
import java.util.List;

/// Puts enriched events on the stream to loader and realtime, each on the shard of its partition
// key
/// and with its position on the valid stream, by which what a replay sends again is recognised
/// there.
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
        OriginCodec origins = new OriginCodec();
        List<Keyed<SectionedEvent>> values = new ArrayList<>(enriched.size());
        for (EnrichedEvent event : enriched) {
            QuarantineId position = event.received().position();
            Bytes origin = origins.encode(position.shard(), position.sequence(), position.index());
            values.add(new Keyed<>(event.received().key(), event.event().withOrigin(origin)));
        }
        publisher.publish(values);
    }
}
