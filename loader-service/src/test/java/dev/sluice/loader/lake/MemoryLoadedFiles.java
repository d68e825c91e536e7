package dev.sluice.loader.lake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A ledger in memory. Thread-safe.
public final class MemoryLoadedFiles implements LoadedFiles {

    private static final Comparator<Loaded> ORDER =
            Comparator.comparing(Loaded::loadedAt).thenComparing(Loaded::key);

    private final List<Loaded> ledger = new ArrayList<>();

    public synchronized void load(ListedFile file, Instant at) {
        ledger.add(new Loaded(file.key(), file.rows(), at));
    }

    @Override
    public synchronized List<Loaded> after(Instant at, String afterKey, int limit) {
        return ledger.stream()
                .filter(
                        file ->
                                file.loadedAt().isAfter(at)
                                        || (file.loadedAt().equals(at)
                                                && file.key().compareTo(afterKey) > 0))
                .sorted(ORDER)
                .limit(limit)
                .toList();
    }
}
