package dev.sluice.loader.publish;

import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.parquet.RowFile;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;

import java.time.InstantSource;

/// Writes the Parquet files of the curated events. The same rows under the same name give the same
/// file, so writing one again changes nothing.
public final class CuratedFiles {

    /// What every key starts with.
    public static final String PREFIX = "curated/events/";

    /// What every key of replayed events, and of history that is brought in, starts with.
    public static final String REPLAYED_PREFIX = "replayed/events/";

    private final ObjectStore objects;
    private final String prefix;
    private final Layouts layouts;
    private final InstantSource clock;

    public CuratedFiles(ObjectStore objects, Layouts layouts, InstantSource clock) {
        this(objects, PREFIX, layouts, clock);
    }

    /// @param prefix of all keys, in place of that of the curated events
    public CuratedFiles(ObjectStore objects, String prefix, Layouts layouts, InstantSource clock) {
        this.objects = objects;
        this.prefix = prefix;
        this.layouts = layouts;
        this.clock = clock;
    }

    /// Publishes one hour's rows of a window. How many there are, and their columns, are part
    /// of the name: whoever has forgotten what was sent before, or knows newer contracts, makes
    /// other rows of the same records, and so another file.
    ///
    /// @param layout of the rows
    /// @param window names the shard and the sequence numbers the rows come from
    LoadFile publish(FileLayout layout, HourRows hour, String window) {
        String columns = layouts.publish(layout);
        String name = "%s-%d-%s.parquet".formatted(window, hour.rows().size(), columns);
        String key = prefix + hour.partition() + "/" + name;
        try (PendingObject object = objects.begin(key)) {
            try (RowFile file =
                    new RowFile(layout.columns(), object.content(), hour.rows().size())) {
                hour.rows().forEach(file::write);
            }
            ObjectSummary published = object.publish();
            return new LoadFile(
                    LoadTable.EVENTS,
                    key,
                    columns,
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
