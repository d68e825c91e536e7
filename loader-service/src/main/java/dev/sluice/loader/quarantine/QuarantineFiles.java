package dev.sluice.loader.quarantine;

import dev.sluice.contracts.rejection.QuarantineFile;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.parquet.RowFile;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Writes the quarantine's objects and the Parquet files of its rows. The same records under the
/// same name give the same, so writing them again changes nothing.
public final class QuarantineFiles {

    /// What the key of every file of rows starts with.
    public static final String PREFIX = "curated/quarantined_events/";

    private final ObjectStore objects;
    private final Layouts layouts;
    private final InstantSource clock;

    public QuarantineFiles(ObjectStore objects, Layouts layouts, InstantSource clock) {
        this.objects = objects;
        this.layouts = layouts;
        this.clock = clock;
    }

    /// Publishes the records of a window, and then their rows.
    ///
    /// @param window names the shard and the sequence numbers the records come from
    /// @param kept records that go into objects
    /// @param dropped records of which only a count may be left; one or more of both
    LoadFile publish(String window, List<QuarantineRecord> kept, List<QuarantineRecord> dropped) {
        List<Row> rows = new ArrayList<>();
        for (QuarantineFile file : QuarantineFile.of(window, kept)) {
            objects.write(file.key(), file.content());
            file.records().forEach(each -> rows.add(QuarantineRows.row(each, file.key())));
        }
        dropped.forEach(each -> rows.add(QuarantineRows.suppressed(each)));
        List<QuarantineRecord> refused = Stream.concat(kept.stream(), dropped.stream()).toList();
        Instant oldest = first(refused, QuarantineRecord::quarantinedTs);
        String day = LocalDate.ofInstant(oldest, ZoneOffset.UTC).toString();
        String key = "%sdt=%s/%s-%d.parquet".formatted(PREFIX, day, window, rows.size());
        String layout = layouts.publish(QuarantineRows.LAYOUT);
        ObjectSummary published = write(key, rows);
        return new LoadFile(
                LoadTable.QUARANTINED_EVENTS,
                key,
                layout,
                rows.size(),
                published.size(),
                oldest,
                last(refused, QuarantineRecord::quarantinedTs),
                first(refused, QuarantineRecord::receivedTs),
                last(refused, QuarantineRecord::receivedTs),
                clock.instant());
    }

    private ObjectSummary write(String key, List<Row> rows) {
        try (PendingObject object = objects.begin(key)) {
            try (RowFile file =
                    new RowFile(QuarantineRows.LAYOUT.columns(), object.content(), rows.size())) {
                rows.forEach(file::write);
            }
            return object.publish();
        }
    }

    private static Instant first(
            List<QuarantineRecord> refused, Function<QuarantineRecord, Instant> time) {
        return refused.stream().map(time).min(Comparator.naturalOrder()).orElseThrow();
    }

    private static Instant last(
            List<QuarantineRecord> refused, Function<QuarantineRecord, Instant> time) {
        return refused.stream().map(time).max(Comparator.naturalOrder()).orElseThrow();
    }
}
