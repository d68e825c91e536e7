package dev.sluice.loader.compact;

import dev.sluice.loader.lake.FileList;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.loader.parquet.PackedRow;
import dev.sluice.loader.parquet.PackedRowReader;
import dev.sluice.loader.parquet.PackedSchema;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// The files of an hour in; files sorted by person and time, with each event once, in their place.
/// Any number may work on one hour: the list lets one of them win.
public final class CompactPipeline {

    static final List<String> ORDER = List.of("tenant_id", "person_id", "event_ts", "event_id");

    /// What is made later than this is not listed; see [CompactionPlan#ORPHAN_AGE].
    private static final Duration DEADLINE = CompactionPlan.ORPHAN_AGE.dividedBy(4);

    private final FileLists lists;
    private final ObjectStore objects;
    private final CompactLimits limits;
    private final InstantSource clock;

    public CompactPipeline(
            FileLists lists, ObjectStore objects, CompactLimits limits, InstantSource clock) {
        this.lists = lists;
        this.objects = objects;
        this.limits = limits;
        this.clock = clock;
    }

    /// Compacts all files of an hour, whether it is due or not.
    ///
    /// @param progress is told what is done, for a person
    /// @throws SetupFailure if a file is gone or has other rows than the list says
    public Compaction compact(LakeHour hour, Consumer<String> progress) {
        Instant began = clock.instant();
        FileList list = lists.read(hour);
        if (list.files().isEmpty()) {
            return new Compaction.Empty();
        }
        try (WorkFolder folder = WorkFolder.in(limits.folder())) {
            List<Path> inputs = download(list.files(), folder, progress);
            PackedSchema schema = schema(inputs);
            BitSet copies = copies(inputs, schema, list, folder);
            progress.accept(copies.cardinality() + " rows are copies");
            try (CompactedFiles files =
                    new CompactedFiles(objects, schema, limits, hour, job())) {
                sort(inputs, schema, copies, folder, files);
                List<ListedFile> made = files.finish();
                progress.accept(made.size() + " files written");
                return swap(hour, list, made, began, files);
            }
        } catch (IOException e) {
            throw new TransientFailure("cannot compact " + hour.path() + ": no room on disk?", e);
        }
    }

    private List<Path> download(
            List<ListedFile> files, WorkFolder folder, Consumer<String> progress) {
        List<Path> inputs = new ArrayList<>();
        for (ListedFile file : files) {
            Path input = folder.path().resolve("input-" + inputs.size());
            if (!objects.download(file.key(), input)) {
                throw new SetupFailure(
                        objects.uri(file.key()) + " is gone, though its hour's list has it");
            }
            inputs.add(input);
        }
        progress.accept(inputs.size() + " files read");
        return inputs;
    }

    private static PackedSchema schema(List<Path> inputs) {
        return PackedSchema.union(inputs.stream().map(PackedRowReader::columns).toList(), ORDER);
    }

    private BitSet copies(
            List<Path> inputs, PackedSchema schema, FileList list, WorkFolder folder)
            throws IOException {
        PackedSchema columns = schema.only(Receipts.COLUMNS, Receipts.KEY);
        long expected = rows(list.files());
        try (Receipts receipts = new Receipts(columns, expected, limits.memory(), folder.path())) {
            for (int i = 0; i < inputs.size(); i++) {
                ListedFile file = list.files().get(i);
                long rows = each(inputs.get(i), columns, receipts::add);
                if (rows != file.rows()) {
                    throw new SetupFailure(
                            "%s has %d rows, its hour's list says %d"
                                    .formatted(objects.uri(file.key()), rows, file.rows()));
                }
            }
            return receipts.copies();
        }
    }

    private void sort(
            List<Path> inputs,
            PackedSchema schema,
            BitSet copies,
            WorkFolder folder,
            CompactedFiles files)
            throws IOException {
        try (SortedRuns runs = new SortedRuns(folder.path(), limits.memory())) {
            int[] next = {0};
            for (Path input : inputs) {
                each(
                        input,
                        schema,
                        row -> {
                            if (!copies.get(next[0]++)) {
                                runs.add(row);
                            }
                        });
                Files.delete(input);
            }
            runs.drain(files::write);
        }
    }

    private Compaction swap(
            LakeHour hour,
            FileList list,
            List<ListedFile> made,
            Instant began,
            CompactedFiles files) {
        Optional<FileList> swapped =
                lists.change(
                        hour,
                        current -> {
                            Instant now = clock.instant();
                            boolean late = now.isAfter(began.plus(DEADLINE));
                            return late && !current.has(made)
                                    ? Optional.empty()
                                    : current.swap(list.keys(), made, now);
                        });
        if (swapped.isEmpty()) {
            FileList current = lists.read(hour);
            made.stream()
                    .map(ListedFile::key)
                    .filter(key -> !current.knows(key))
                    .forEach(objects::delete);
            return new Compaction.Outrun();
        }
        return new Compaction.Done(
                list.files().size(), made.size(), rows(list.files()), rows(made), files.bytes());
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

    private static long rows(List<ListedFile> files) {
        return files.stream().mapToLong(ListedFile::rows).sum();
    }

    private static String job() {
        return UUID.randomUUID().toString();
    }
}
