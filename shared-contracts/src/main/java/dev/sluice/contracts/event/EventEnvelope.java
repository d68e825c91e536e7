package dev.sluice.contracts.event;

/// Everything about an event but its own properties: who sent it, what it is, when it happened.
///
/// @param receipt what the collector saw
/// @param facts what the validator checked
public record EventEnvelope(Receipt receipt, CheckedFacts facts) {

    /// @throws IllegalArgumentException if a section cannot be read
    /// @throws IllegalStateException if the event has not passed the validator
    public static EventEnvelope of(SectionedEvent event) {
        return new EventEnvelope(
                Receipt.decode(event.receipt()), CheckedFacts.decode(event.requireChecked()));
    }
}
