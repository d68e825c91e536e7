package dev.sluice.loader.compact;

import dev.sluice.loader.lake.FileList;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// The files of an hour in; files sorted by person and time, with each event once, in their place.
/// Any number may work on one hour: the list lets one of them win.
public final class CompactPipeline {

    /// What the key of every file that is made starts with.
    public static final String PREFIX = CompactedFiles.PREFIX;

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
    /// @throws dev.sluice.runtime.failure.SetupFailure if a file is gone or has other rows than the
    ///     list says
    public Compaction compact(LakeHour hour, Consumer<String> progress) {
        Instant began = clock.instant();
        FileList list = lists.read(hour);
        if (list.files().isEmpty()) {
            return new Compaction.Empty();
        }
        try (WorkFolder folder = WorkFolder.in(limits.folder())) {
            HourFiles old = HourFiles.download(list.files(), objects, folder.path());
            progress.accept(list.files().size() + " files read");
            BitSet copies = old.copies(limits.memory(), folder.path());
            progress.accept(copies.cardinality() + " rows are copies");
            long rows = HourFiles.rows(list.files()) - copies.cardinality();
            String job = UUID.randomUUID().toString();
            try (CompactedFiles files =
                    new CompactedFiles(objects, old.schema(), limits, hour, rows, job)) {
                old.sort(copies, limits.memory(), folder.path(), files::write);
                List<ListedFile> made = files.finish();
                progress.accept(made.size() + " files written");
                return swap(hour, list, made, began)
                        ? done(list.files(), made, files.bytes())
                        : new Compaction.Outrun();
            }
        } catch (IOException e) {
            throw new TransientFailure("cannot compact " + hour.path() + ": no room on disk?", e);
        }
    }

    /// Lists the new files in the place of those that were read, or deletes them.
    private boolean swap(LakeHour hour, FileList read, List<ListedFile> made, Instant began) {
        Optional<FileList> swapped =
                lists.change(
                        hour,
                        current -> {
                            Instant now = clock.instant();
                            boolean late = now.isAfter(began.plus(DEADLINE));
                            return late && !current.has(made)
                                    ? Optional.empty()
                                    : current.swap(read.keys(), made, now);
                        });
        if (swapped.isEmpty()) {
            FileList current = lists.read(hour);
            made.stream()
                    .map(ListedFile::key)
                    .filter(key -> !current.knows(key))
                    .forEach(objects::delete);
        }
        return swapped.isPresent();
    }

    private static Compaction done(List<ListedFile> before, List<ListedFile> made, long bytes) {
        return new Compaction.Done(
                before.size(), made.size(), HourFiles.rows(before), HourFiles.rows(made), bytes);
    }
}
