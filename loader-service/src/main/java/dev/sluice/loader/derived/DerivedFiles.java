package dev.sluice.loader.derived;

import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.parquet.RowFile;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/// Writes the Parquet files of derived rows. The same rows under the same name give the same file.
public final class DerivedFiles {

    private final ObjectStore objects;
    private final Layouts layouts;
    private final InstantSource clock;

    public DerivedFiles(ObjectStore objects, Layouts layouts, InstantSource clock) {
        this.objects = objects;
        this.layouts = layouts;
        this.clock = clock;
    }

    /// @param window names the shard and the sequence numbers the rows come from
    /// @param rows of the table, one or more
    LoadFile publish(DerivedTable<?> table, String window, List<Row> rows) {
        Instant arrived = first(rows, Row::receivedMicros);
        String key =
                "curated/%s/dt=%s/%s-%d.parquet"
                        .formatted(
                                table.table().tableName(),
                                LocalDate.ofInstant(arrived, ZoneOffset.UTC),
                                window,
                                rows.size());
        String layout = layouts.publish(table.layout());
        ObjectSummary published = write(key, table, rows);
        return new LoadFile(
                table.table(),
                key,
                layout,
                rows.size(),
                published.size(),
                first(rows, Row::eventMicros),
                last(rows, Row::eventMicros),
                arrived,
                last(rows, Row::receivedMicros),
                clock.instant());
    }

    private ObjectSummary write(String key, DerivedTable<?> table, List<Row> rows) {
        try (PendingObject object = objects.begin(key)) {
            try (RowFile file =
                    new RowFile(table.layout().columns(), object.content(), rows.size())) {
                rows.forEach(file::write);
            }
            return object.publish();
        }
    }

    private static Instant first(List<Row> rows, ToLongFunction<Row> micros) {
        return time(rows.stream().min(Comparator.comparingLong(micros)).orElseThrow(), micros);
    }

    private static Instant last(List<Row> rows, ToLongFunction<Row> micros) {
        return time(rows.stream().max(Comparator.comparingLong(micros)).orElseThrow(), micros);
    }

    private static Instant time(Row row, ToLongFunction<Row> micros) {
        return Instant.EPOCH.plus(micros.applyAsLong(row), ChronoUnit.MICROS);
    }
}
