package dev.sluice.loader.compact;

import dev.sluice.loader.lake.FileList;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.ReplacedFile;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Deletes what no list has any more: files that were replaced, after their grace, and files that a
/// compaction made before it died.
final class Sweep {

    private final FileLists lists;
    private final ObjectStore objects;
    private final CompactionPlan plan;

    Sweep(FileLists lists, ObjectStore objects, CompactionPlan plan) {
        this.lists = lists;
        this.objects = objects;
        this.plan = plan;
    }

    /// Deletes what may go of an hour.
    ///
    /// @return how many files went
    int sweep(LakeHour hour, Instant now) {
        FileList list = lists.read(hour);
        Set<String> seen = lists.seenByAthena(hour);
        Set<String> stale =
                list.replaced().stream()
                        .map(ReplacedFile::key)
                        .filter(seen::contains)
                        .collect(Collectors.toSet());
        if (!stale.isEmpty()) {
            restartGrace(hour, stale, now);
            return 0;
        }
        return deleteReplaced(hour, list, now) + deleteOrphans(hour, now);
    }

    /// Whoever swapped files died before it told Athena: readers have the old ones until now.
    private void restartGrace(LakeHour hour, Set<String> stale, Instant now) {
        lists.change(
                hour,
                current ->
                        Optional.of(
                                current.withReplaced(
                                        file ->
                                                stale.contains(file.key())
                                                        ? file.inUseUntil(now)
                                                        : file)));
    }

    private int deleteReplaced(LakeHour hour, FileList list, Instant now) {
        Set<String> ripe =
                list.replaced().stream()
                        .filter(file -> plan.mayGo(file, now))
                        .map(ReplacedFile::key)
                        .collect(Collectors.toSet());
        if (ripe.isEmpty()) {
            return 0;
        }
        ripe.forEach(objects::delete);
        lists.change(
                hour,
                current ->
                        Optional.of(
                                current.withReplaced(
                                        file -> ripe.contains(file.key()) ? file.gone() : file)));
        return ripe.size();
    }

    /// A new version of the list comes first: a compaction that slept since it last looked at the
    /// list cannot swap any more, and is too old to try again.
    private int deleteOrphans(LakeHour hour, Instant now) {
        List<String> orphans = orphans(hour, lists.read(hour), now);
        if (orphans.isEmpty()) {
            return 0;
        }
        FileList fenced =
                lists.change(hour, current -> Optional.of(current.withReplaced(file -> file)))
                        .orElseThrow();
        List<String> still = orphans.stream().filter(key -> !fenced.knows(key)).toList();
        still.forEach(objects::delete);
        return still.size();
    }

    private List<String> orphans(LakeHour hour, FileList list, Instant now) {
        Instant before = now.minus(CompactionPlan.ORPHAN_AGE);
        try (Stream<ObjectSummary> found = objects.list(CompactedFiles.prefix(hour))) {
            return found.filter(object -> object.modifiedAt().isBefore(before))
                    .map(ObjectSummary::key)
                    .filter(key -> !list.knows(key))
                    .toList();
        }
    }
}
