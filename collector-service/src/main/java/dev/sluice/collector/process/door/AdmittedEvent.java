package dev.sluice.collector.process.door;

import dev.sluice.contracts.event.SectionedEvent;

/// An event ready for the stream.
public record AdmittedEvent(String partitionKey, SectionedEvent event) {}
