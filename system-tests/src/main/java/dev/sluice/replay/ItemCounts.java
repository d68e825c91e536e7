package dev.sluice.replay;

import java.util.Map;
import java.util.TreeMap;

/// What became of the events of a work item, those of its warm-up left out.
///
/// @param read in its time and of its keys: refused + left + duplicates + suppressed + valid
/// @param refused by validator or loader; their rows and quarantine records stay as they are
/// @param left as they are, since the line refused them then
/// @param duplicates of events that came before
/// @param suppressed since their person was erased
/// @param valid whatever tenant and type they are of
/// @param rows in files
/// @param files with these rows
/// @param warmed events of the warm-up
/// @param cpuNanos of the thread that did it
/// @param reasons of what was refused, with their number
public record ItemCounts(
        long read,
        long refused,
        long left,
        long duplicates,
        long suppressed,
        long valid,
        long rows,
        long files,
        long warmed,
        long cpuNanos,
        Map<String, Long> reasons) {

    static final ItemCounts NONE = new ItemCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    public ItemCounts {
        reasons = Map.copyOf(reasons);
    }

    public ItemCounts plus(ItemCounts more) {
        Map<String, Long> all = new TreeMap<>(reasons);
        more.reasons.forEach((reason, count) -> all.merge(reason, count, Long::sum));
        return new ItemCounts(
                read + more.read,
                refused + more.refused,
                left + more.left,
                duplicates + more.duplicates,
                suppressed + more.suppressed,
                valid + more.valid,
                rows + more.rows,
                files + more.files,
                warmed + more.warmed,
                cpuNanos + more.cpuNanos,
                all);
    }

    ItemCounts withFiles(long madeRows, long madeFiles) {
        return new ItemCounts(
                read,
                refused,
                left,
                duplicates,
                suppressed,
                valid,
                rows + madeRows,
                files + madeFiles,
                warmed,
                cpuNanos,
                reasons);
    }

    ItemCounts withCpu(long nanos) {
        return new ItemCounts(
                read,
                refused,
                left,
                duplicates,
                suppressed,
                valid,
                rows,
                files,
                warmed,
                nanos,
                reasons);
    }
}
