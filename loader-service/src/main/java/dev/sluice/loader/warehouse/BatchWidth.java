package dev.sluice.loader.warehouse;

import dev.sluice.loader.queue.LoadFile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the next batch takes: as many files as hold the rows and bytes that one transaction may
/// have. The number of files is halved by a refusal until the file to blame is alone, and doubled
/// by a success.
final class BatchWidth {

    private final WarehouseLimits limits;
    private final Map<String, Integer> refusals = new HashMap<>();
    private int files;

    BatchWidth(WarehouseLimits limits) {
        this.limits = limits;
        this.files = limits.maxFiles();
    }

    /// The first of these files, one at least if there is any, as far as they fit into a batch.
    List<LoadFile> cut(List<LoadFile> waiting) {
        return first(waiting, files, limits.maxRows(), limits.maxBytes());
    }

    /// The first of these files, one at least if there is any, that together have no more than
    /// that.
    static List<LoadFile> first(List<LoadFile> waiting, int maxFiles, long maxRows, long maxBytes) {
        long rows = 0;
        long bytes = 0;
        int taken = 0;
        for (LoadFile file : waiting) {
            rows += file.rows();
            bytes += file.bytes();
            boolean fits = rows <= maxRows && bytes <= maxBytes;
            if (taken > 0 && (taken == maxFiles || !fits)) {
                break;
            }
            taken++;
        }
        return waiting.subList(0, taken);
    }

    void widen() {
        files = Math.min(2 * files, limits.maxFiles());
        refusals.clear();
    }

    /// Notes that a batch was refused.
    ///
    /// @return whether its one file has had all its attempts
    boolean narrow(LoadBatch batch) {
        if (batch.files().size() > 1) {
            files = batch.files().size() / 2;
            return false;
        }
        String key = batch.files().getFirst().key();
        if (refusals.merge(key, 1, Integer::sum) < limits.attempts()) {
            return false;
        }
        refusals.remove(key);
        return true;
    }
}
