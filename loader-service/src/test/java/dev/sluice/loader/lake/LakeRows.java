package dev.sluice.loader.lake;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.parquet.RowFile;
import dev.sluice.loader.process.Row;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Rows of events by the names of their columns, and files of them.
public final class LakeRows {

    public static final FileLayout LAYOUT = FileLayout.of(EventsTable.bundled());

    /// The hour in which an event happens if nothing else is said.
    public static final LakeHour HOUR = new LakeHour(Instant.parse("2026-11-21T10:00:00Z"));

    /// When files of the hour are loaded if nothing else is said.
    public static final Instant LOADED = HOUR.end();

    private LakeRows() {}

    /// A row of a page view of acme's at a minute of the hour, received a second later.
    ///
    /// @param more columns and values in pairs: text, numbers, moments, truths
    public static Row row(String eventId, String person, int minute, Object... more) {
        Instant at = HOUR.start().plus(minute, ChronoUnit.MINUTES);
        Map<String, Object> values = new HashMap<>();
        values.put("event_id", eventId);
        values.put("tenant_id", "acme");
        values.put("source_id", "web");
        values.put("event_type", "page_view");
        values.put("schema_version", "1-0-0");
        values.put("person_id", person);
        values.put("event_ts", at);
        values.put("received_ts", at.plusSeconds(1));
        values.put("enriched_ts", at.plusSeconds(2));
        for (int i = 0; i < more.length; i += 2) {
            values.put((String) more[i], more[i + 1]);
        }
        return row(LAYOUT, values);
    }

    /// A row of any layout.
    public static Row row(FileLayout layout, Map<String, Object> values) {
        @Nullable Object[] all = new @Nullable Object[layout.columns().size()];
        for (int i = 0; i < all.length; i++) {
            Column column = layout.columns().get(i);
            Object value = values.get(column.name());
            all[i] = value == null ? null : stored(column.type(), value);
        }
        long eventMicros = micros(moment(values, "event_ts"));
        return new Row(
                all,
                eventMicros / 3_600_000_000L,
                eventMicros,
                micros(moment(values, "received_ts")));
    }

    private static Object stored(ColumnType type, Object value) {
        return switch (type) {
            case ColumnType.Varchar _, ColumnType.Super _ ->
                    value.toString().getBytes(StandardCharsets.UTF_8);
            case ColumnType.Bigint _, ColumnType.Int _ -> ((Number) value).longValue();
            case ColumnType.Decimal(int _, int scale) ->
                    new BigDecimal(value.toString()).setScale(scale);
            case ColumnType.DoublePrecision _ -> ((Number) value).doubleValue();
            case ColumnType.Bool _ -> value;
            case ColumnType.Timestamp _ -> micros((Instant) value);
        };
    }

    private static Instant moment(Map<String, Object> values, String column) {
        return (Instant) Objects.requireNonNull(values.get(column), column);
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /// Publishes a file as the publish loop does.
    public static ListedFile publish(ObjectStore objects, LakeHour hour, String name, Row... rows) {
        return publish(objects, hour, name, LAYOUT, List.of(rows));
    }

    public static ListedFile publish(
            ObjectStore objects, LakeHour hour, String name, FileLayout layout, List<Row> rows) {
        String key = "curated/events/" + hour.path() + "/" + name + ".parquet";
        try (PendingObject object = objects.begin(key)) {
            try (RowFile file = new RowFile(layout.columns(), object.content())) {
                rows.forEach(file::write);
            }
            object.publish();
        }
        return new ListedFile(key, rows.size(), LOADED, false);
    }
}
