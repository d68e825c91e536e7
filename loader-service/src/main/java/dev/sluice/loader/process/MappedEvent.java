package dev.sluice.loader.process;

import dev.sluice.contracts.rejection.Rejection;

/// What became of an event on its way to the table.
public sealed interface MappedEvent {

    /// Every value fits.
    ///
    /// @param contract it was checked against, `page_view/1-0-0`
    record Fits(Row row, String contract) implements MappedEvent {}

    /// A value does not, or the event cannot be read.
    record Refused(Rejection why) implements MappedEvent {}
}
