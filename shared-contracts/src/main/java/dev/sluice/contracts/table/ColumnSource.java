package dev.sluice.contracts.table;

import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.schema.EventTypeId;

import tools.jackson.core.JsonPointer;

import java.util.Set;

/// Where the value of a column comes from.
public sealed interface ColumnSource {

    /// A value in one section of the event.
    ///
    /// @param pointer place of the value in its section, after RFC 6901
    /// @param eventTypes event types for which the value is taken; empty means every type. A
    ///     contract says what `/properties/name` means for its own type only: for another type, or
    ///     the type of another tenant that has the same name, the column stays NULL.
    record InEvent(EventSection section, JsonPointer pointer, Set<EventTypeId> eventTypes)
            implements ColumnSource {
        public InEvent {
            eventTypes = Set.copyOf(eventTypes);
        }
    }

    /// Set by the warehouse itself while it loads; not in the files and not in the staging table.
    record Warehouse() implements ColumnSource {}
}
