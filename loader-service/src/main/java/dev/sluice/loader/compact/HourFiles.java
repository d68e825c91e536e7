package dev.sluice.loader.compact;

import dev.sluice.loader.lake.ListedFile;
import dev.sluice.loader.parquet.PackedRow;
import dev.sluice.loader.parquet.PackedRowReader;
import dev.sluice.loader.parquet.PackedSchema;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.objects.ObjectStore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The files of an hour on the local disk.
///
/// @param files as they are listed, in the order in which they were loaded
/// @param local where they are, in the same order
/// @param schema of their rows, whose key is the order in which they are to be
record HourFiles(List<ListedFile> files, List<Path> local, PackedSchema schema) {

    private static final List<String> ORDER =
            List.of("tenant_id", "person_id", "event_ts", "event_id");

    /// @throws SetupFailure if a file is gone
    static HourFiles download(List<ListedFile> files, ObjectStore objects, Path folder) {
        List<Path> local = new ArrayList<>();
        for (ListedFile file : files) {
            Path copy = folder.resolve("input-" + local.size());
            if (!objects.download(file.key(), copy)) {
                throw new SetupFailure(
                        objects.uri(file.key()) + " is gone, though its hour's list has it");
            }
            local.add(copy);
        }
        PackedSchema schema =
                PackedSchema.union(local.stream().map(PackedRowReader::columns).toList(), ORDER);
        return new HourFiles(files, local, schema);
    }

    /// The rows that are copies of others, by their place among all rows.
    ///
    /// @throws SetupFailure if a file has other rows than the list says
    BitSet copies(long memory, Path folder) throws IOException {
        PackedSchema columns = schema.only(Receipts.COLUMNS, Receipts.KEY);
        try (Receipts receipts = new Receipts(columns, rows(files), memory, folder)) {
            for (int i = 0; i < local.size(); i++) {
                ListedFile file = files.get(i);
                Instant loadedAt = file.loadedAt();
                long rows = each(local.get(i), columns, row -> receipts.add(row, loadedAt));
                if (rows != file.rows()) {
                    throw new SetupFailure(
                            "%s has %d rows, its hour's list says %d"
                                    .formatted(file.key(), rows, file.rows()));
                }
            }
            return receipts.copies();
        }
    }

    /// Gives all rows but the copies, sorted. Each file is deleted when it is read.
    void sort(BitSet copies, long memory, Path folder, SortedRuns.Target target)
            throws IOException {
        try (SortedRuns runs = new SortedRuns(folder, memory)) {
            int[] place = {0};
            for (Path file : local) {
                each(
                        file,
                        schema,
                        row -> {
                            if (!copies.get(place[0]++)) {
                                runs.add(row);
                            }
                        });
                Files.delete(file);
            }
            runs.drain(target);
        }
    }

    static long rows(List<ListedFile> files) {
        return files.stream().mapToLong(ListedFile::rows).sum();
    }

    private static long each(Path file, PackedSchema schema, SortedRuns.Target target)
            throws IOException {
        long rows = 0;
        try (PackedRowReader reader = new PackedRowReader(file, schema)) {
            for (PackedRow row = reader.read(); row != null; row = reader.read()) {
                target.take(row);
                rows++;
            }
        }
        return rows;
    }
}
