package dev.sluice.loader.derived;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.loader.process.ColumnText;
import dev.sluice.loader.warehouse.WarehouseTime;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/// A column of a file of derived rows.
///
/// @param column as the warehouse has it
/// @param maxBytes of a text; 0 of anything else
/// @param cut whether a longer text is cut, which an id must not be
/// @param value of the row: text, time, number, truth value or null
record DerivedColumn<T>(
        Column column, int maxBytes, boolean cut, Function<T, @Nullable Object> value) {

    /// An id, or another text that means something only when it is whole.
    static <T> DerivedColumn<T> id(
            String name, int bytes, boolean notNull, Function<T, @Nullable String> value) {
        return new DerivedColumn<>(
                column(name, new ColumnType.Varchar(bytes), notNull), bytes, false, value::apply);
    }

    /// Text for people.
    static <T> DerivedColumn<T> text(String name, int bytes, Function<T, @Nullable String> value) {
        return new DerivedColumn<>(
                column(name, new ColumnType.Varchar(bytes), false), bytes, true, value::apply);
    }

    /// What is there always and fits always, or is a time.
    static <T> DerivedColumn<T> of(String name, ColumnType type, Function<T, Object> value) {
        return new DerivedColumn<>(column(name, type, true), 0, false, value::apply);
    }

    /// Why the value cannot be in the column, without the value; null if it can.
    @Nullable String misfit(T row) {
        return switch (value.apply(row)) {
            case null -> column.notNull() ? "is missing" : null;
            case String text when !cut && !fits(text) ->
                    "holds 1 to %d bytes of text without NUL".formatted(maxBytes);
            case Instant time when !WarehouseTime.holds(time) -> "holds times of years 1 to 9999";
            default -> null;
        };
    }

    /// The value as [dev.sluice.loader.process.Row] has it.
    @Nullable Object stored(T row) {
        return switch (value.apply(row)) {
            case null -> null;
            case String text -> ColumnText.cut(text, maxBytes);
            case Instant time -> ChronoUnit.MICROS.between(Instant.EPOCH, time);
            case Integer number -> number.longValue();
            case Object other -> other;
        };
    }

    private boolean fits(String text) {
        return ColumnText.whole(text.getBytes(StandardCharsets.UTF_8), maxBytes) != null;
    }

    private static Column column(String name, ColumnType type, boolean notNull) {
        return new Column(name, type, notNull, new ColumnSource.Warehouse());
    }
}
