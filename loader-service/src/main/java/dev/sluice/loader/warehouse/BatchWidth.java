package dev.sluice.loader.warehouse;

import java.util.HashMap;
import java.util.Map;

/// How many files the next batch takes: halved by a refusal until the file to blame is alone,
/// doubled by a success.
final class BatchWidth {

    private final WarehouseLimits limits;
    private final Map<String, Integer> refusals = new HashMap<>();
    private int files;

    BatchWidth(WarehouseLimits limits) {
        this.limits = limits;
        this.files = limits.maxFiles();
    }

    int files() {
        return files;
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
