package dev.sluice.validator.process;

import dev.sluice.contracts.event.SectionedEvent;

/// An event that keeps its contract, with its checked section.
///
/// @param partitionKey what keeps the events of one device together
public record CheckedEvent(String partitionKey, SectionedEvent event) {}
