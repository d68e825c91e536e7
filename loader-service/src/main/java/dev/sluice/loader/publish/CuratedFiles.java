package dev.sluice.loader.publish;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.parquet.RowFile;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;

import java.time.InstantSource;
import java.util.List;

/// Writes the Parquet files of the curated events. The same rows under the same name give the same
/// file, so writing one again changes nothing.
public final class CuratedFiles {

    /// What every key starts with.
    public static final String PREFIX = "curated/events/";

    private final ObjectStore objects;
    private final List<Column> columns;
    private final InstantSource clock;

    public CuratedFiles(ObjectStore objects, EventsTable table, InstantSource clock) {
        this.objects = objects;
        this.columns = table.stagingColumns();
        this.clock = clock;
    }

    /// Publishes one hour's rows of a window. How many there are is part of the name: whoever has
    /// forgotten what was sent before makes more rows of the same records, and so another file.
    ///
    /// @param window names the shard and the sequence numbers the rows come from
    LoadFile publish(HourRows hour, String window) {
        String name = window + "-" + hour.rows().size() + ".parquet";
        String key = PREFIX + hour.partition() + "/" + name;
        try (PendingObject object = objects.begin(key)) {
            try (RowFile file = new RowFile(columns, object.content())) {
                hour.rows().forEach(file::write);
            }
            ObjectSummary published = object.publish();
            return new LoadFile(
                    key,
                    hour.rows().size(),
                    published.size(),
                    hour.first(Row::eventMicros),
                    hour.last(Row::eventMicros),
                    hour.first(Row::receivedMicros),
                    hour.last(Row::receivedMicros),
                    clock.instant());
        }
    }
}
