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

/// Writes sorted rows into files of about the same size. Nobody reads these before they are listed.
final class CompactedFiles implements AutoCloseable {

    /// What the key of every file that is made starts with.
    static final String PREFIX = "compacted/events/";

    private final ObjectStore objects;
    private final PackedSchema schema;
    private final CompactLimits limits;
    private final String name;
    private final List<ListedFile> made = new ArrayList<>();
    private long bytes;
    private @Nullable Open open;

    private record Open(String key, PendingObject object, PackedRowFile file) {}

    /// @param job names this compaction and no other
    CompactedFiles(
            ObjectStore objects,
            PackedSchema schema,
            CompactLimits limits,
            LakeHour hour,
            String job) {
        this.objects = objects;
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
        if (current.file().bytes() >= limits.fileBytes()) {
            publish(current);
        }
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
