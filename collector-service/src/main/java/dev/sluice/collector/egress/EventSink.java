package dev.sluice.collector.egress;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.Submission;

import java.util.List;

/// What makes events durable.
@FunctionalInterface
public interface EventSink {

    /// Hands in the events of one request. Never blocks.
    Submission submit(List<Keyed<SectionedEvent>> events);
}
