package dev.sluice.loader.derived;

import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.queue.LoadTable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How what was derived becomes rows of a table.
///
/// @param time when it happened
public record DerivedTable<T>(
        LoadTable table,
        FileLayout layout,
        List<DerivedColumn<T>> columns,
        Function<T, Instant> time) {

    static <T> DerivedTable<T> of(
            LoadTable table, List<DerivedColumn<T>> columns, Function<T, Instant> time) {
        FileLayout layout = new FileLayout(columns.stream().map(DerivedColumn::column).toList());
        return new DerivedTable<>(table, layout, columns, time);
    }

    /// Why it cannot be a row of the table; empty if it can.
    Optional<Rejection> refusal(T derived) {
        for (DerivedColumn<T> each : columns) {
            String misfit = each.misfit(derived);
            if (misfit != null) {
                return Optional.of(
                        new Rejection.DoesNotFit(
                                table.tableName() + "." + each.column().name(), misfit));
            }
        }
        return Optional.empty();
    }

    /// The row of what was not refused.
    ///
    /// @param arrivedAt when the stream took it
    public Row row(T derived, Instant arrivedAt) {
        Instant at = time.apply(derived);
        return new Row(
                columns.stream().map(each -> each.stored(derived)).toArray(),
                ChronoUnit.HOURS.between(Instant.EPOCH, at),
                ChronoUnit.MICROS.between(Instant.EPOCH, at),
                ChronoUnit.MICROS.between(Instant.EPOCH, arrivedAt));
    }
}
