package dev.sluice.contracts.table;

import dev.sluice.contracts.schema.EventTypeId;

import java.util.regex.Pattern;

/// A column of the events table.
///
/// @param name lower case snake_case, at most 127 bytes, Redshift's limit for a name
/// @param notNull whether every row has a value
public record Column(String name, ColumnType type, boolean notNull, ColumnSource source) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,126}");

    /// @throws IllegalArgumentException when `name` is not a column name
    public Column {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a column name: " + name);
        }
    }

    /// Whether an event of this type can have a value in this column.
    public boolean appliesTo(EventTypeId eventType) {
        return switch (source) {
            case ColumnSource.InEvent in ->
                    in.eventTypes().isEmpty() || in.eventTypes().contains(eventType);
            case ColumnSource.Warehouse warehouse -> false;
        };
    }
}
