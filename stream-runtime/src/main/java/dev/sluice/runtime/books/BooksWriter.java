package dev.sluice.runtime.books;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Puts the pages of one stage into the store for as many shards as there are. A store that is away
/// must not stop the line, so a failure is no exception here: it is counted in
/// `sluice.books.put.failures{stage}` and said once in the log until the store is back.
/// Thread-safe.
public final class BooksWriter {

    private static final Logger LOG = LoggerFactory.getLogger(BooksWriter.class);

    private final String stage;
    private final BooksStore store;
    private final Counter failures;
    private final Counter lost;
    private final AtomicBoolean away = new AtomicBoolean();

    /// @param stage the service's name for itself, such as `validator`
    public BooksWriter(String stage, BooksStore store, MeterRegistry meters) {
        this.stage = stage;
        this.store = store;
        failures = meters.counter("sluice.books.put.failures", "stage", stage);
        lost = meters.counter("sluice.books.pages.lost", "stage", stage);
    }

    public String stage() {
        return stage;
    }

    /// @return whether the store has all of them; if not, put them again
    public boolean put(List<BookPage> pages) {
        if (pages.isEmpty()) {
            return true;
        }
        try {
            store.put(pages);
        } catch (RuntimeException failure) {
            failures.increment();
            if (away.compareAndSet(false, true)) {
                LOG.warn("books of {}: pages wait for the store: {}", stage, failure.toString());
            }
            return false;
        }
        if (away.compareAndSet(true, false)) {
            LOG.info("books of {}: the store takes pages again", stage);
        }
        return true;
    }

    /// A page was given up because too many wait; the books will not balance, and
    /// `sluice.books.pages.lost{stage}` says by how many pages.
    void lost() {
        lost.increment();
    }
}
