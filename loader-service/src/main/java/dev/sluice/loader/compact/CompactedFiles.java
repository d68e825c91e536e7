package dev.sluice.loader.compact;

import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.loader.parquet.PackedRow;
import dev.sluice.loader.parquet.PackedRowFile;
import dev.sluice.loader.parquet.PackedSchema;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Writes sorted rows into files of about the same size: as few as there can be without any that is
/// much too large, and the last no smaller than the others. Nobody reads these before they are
/// listed.
final class CompactedFiles implements AutoCloseable {

    /// What the key of every file that is made starts with.
    static final String PREFIX = "compacted/events/";

    /// So many times as large as it should be a file may be: of what is a little more, two halves
    /// are made. At 192 MB, files have 125 to 250.
    private static final double LARGEST = 1.3;

    /// The size of a file is asked for once in so many rows, for asking each column takes time.
    private static final int LOOK = 64;

    private final ObjectStore objects;
    private final PackedSchema schema;
    private final CompactLimits limits;
    private final String name;
    private final List<ListedFile> made = new ArrayList<>();

    /// That are to come.
    private long rows;

    private long bytes;
    private @Nullable Open open;

    private record Open(String key, PendingObject object, PackedRowFile file) {}

    /// @param rows that will be written
    /// @param job names this compaction and no other
    CompactedFiles(
            ObjectStore objects,
            PackedSchema schema,
            CompactLimits limits,
            LakeHour hour,
            long rows,
            String job) {
        this.objects = objects;
        this.rows = rows;
        this.schema = schema;
        this.limits = limits;
        this.name = prefix(hour) + job + "-";
    }

    /// What the keys of an hour start with.
    static String prefix(LakeHour hour) {
        return PREFIX + hour.path() + "/";
    }

    void write(PackedRow row) {
        Open current = open;
        if (current == null) {
            String key = "%s%04d.parquet".formatted(name, made.size());
            PendingObject object = objects.begin(key);
            PackedRowFile file =
                    new PackedRowFile(schema, limits.rowGroupBytes(), object.content());
            current = new Open(key, object, file);
            open = current;
        }
        current.file().write(row);
        rows--;
        if (current.file().rows() % LOOK == 0 && hasItsShare(current.file())) {
            publish(current);
        }
    }

    /// Whether the file has its part of all that is not published, if the rows that are to come are
    /// like those it has.
    private boolean hasItsShare(PackedRowFile file) {
        double bytes = file.bytes();
        double all = bytes + bytes / file.rows() * rows;
        return bytes >= all / Math.ceil(all / (limits.fileBytes() * LARGEST));
    }

    /// Publishes the last file.
    ///
    /// @return all of them
    List<ListedFile> finish() {
        if (open != null) {
            publish(open);
        }
        return List.copyOf(made);
    }

    /// Of all files that are published, in bytes.
    long bytes() {
        return bytes;
    }

    private void publish(Open file) {
        file.file().close();
        bytes += file.object().publish().size();
        made.add(ListedFile.compacted(file.key(), file.file().rows()));
        open = null;
    }

    /// Drops the file that is not finished.
    @Override
    public void close() {
        if (open != null) {
            open.object().discard();
        }
    }
}
