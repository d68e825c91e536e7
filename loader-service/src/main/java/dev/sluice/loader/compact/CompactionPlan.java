package dev.sluice.loader.compact;

import dev.sluice.loader.lake.FileList;
import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.loader.lake.ReplacedFile;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/// When an hour is compacted, and when its old files go.
///
/// @param limits say how patient it is
record CompactionPlan(CompactLimits limits) {

    /// Far beyond any compaction that may still be under way.
    static final Duration ORPHAN_AGE = Duration.ofDays(1);

    /// When the hour is to be compacted, if its list stays as it is; [Instant#MAX] if never.
    ///
    /// @param changedAt when the list was changed last
    Instant dueAt(LakeHour hour, FileList list, Instant changedAt) {
        long late = rows(list, file -> !file.compacted());
        if (late == 0) {
            return Instant.MAX;
        }
        Instant settled = hour.end().plus(limits.settle());
        boolean first = list.files().stream().noneMatch(ListedFile::compacted);
        if (first || late >= limits.lateShare() * rows(list, _ -> true)) {
            return settled;
        }
        Instant waited = changedAt.plus(limits.lateWait());
        return waited.isAfter(settled) ? waited : settled;
    }

    /// When the next file that was replaced may go; [Instant#MAX] if none is left.
    Instant sweepAt(FileList list) {
        return list.replaced().stream()
                .filter(file -> !file.deleted())
                .map(this::endOfGrace)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    boolean mayGo(ReplacedFile file, Instant now) {
        return !file.deleted() && !now.isBefore(endOfGrace(file));
    }

    private Instant endOfGrace(ReplacedFile file) {
        return file.since().plus(limits.grace());
    }

    private static long rows(FileList list, Predicate<ListedFile> which) {
        return list.files().stream().filter(which).mapToLong(ListedFile::rows).sum();
    }
}
