package dev.sluice.loader.process;

import dev.sluice.contracts.rejection.Rejection;

/// What became of an event on its way to the table.
public sealed interface MappedEvent {

    /// Every value fits.
    ///
    /// @param schemaVersion of the contract it was checked against
    record Fits(Row row, String eventType, String schemaVersion) implements MappedEvent {}

    /// A value does not, or the event cannot be read.
    record Refused(Rejection why) implements MappedEvent {}
}
