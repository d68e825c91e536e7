package dev.sluice.runtime.memory;

import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.failure.TransientFailure;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The books in memory, with failures on request. Thread-safe.
public final class MemoryBooks implements BooksStore {

    private record Stored(BookPage page, Instant at) {}

    private final Map<BookPage.Id, Stored> pages = new LinkedHashMap<>();
    private final InstantSource clock;
    private boolean away;
    private int takes = Integer.MAX_VALUE;

    public MemoryBooks() {
        this(InstantSource.system());
    }

    /// @param clock says when a page was stored
    public MemoryBooks(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void put(List<BookPage> put) {
        for (BookPage page : put) {
            if (away || takes == 0) {
                takes = Integer.MAX_VALUE;
                throw new TransientFailure("books in memory: the store is away");
            }
            takes--;
            Stored stored = pages.get(page.id());
            if (stored == null || stored.page().upTo().compareTo(page.upTo()) < 0) {
                pages.put(page.id(), new Stored(page, clock.instant()));
            }
        }
    }

    /// Each page in a list of its own.
    @Override
    public void changedSince(Instant since, Consumer<List<BookPage>> to) {
        changedSince(since).forEach(page -> to.accept(List.of(page)));
    }

    private synchronized List<BookPage> changedSince(Instant since) {
        if (away) {
            throw new TransientFailure("books in memory: the store is away");
        }
        return pages.values().stream()
                .filter(stored -> !stored.at().isBefore(since))
                .map(Stored::page)
                .toList();
    }

    /// Every page there is.
    public synchronized List<BookPage> all() {
        return pages.values().stream().map(Stored::page).toList();
    }

    /// Every call throws a transient failure, until {@link #heal()}.
    public synchronized void goAway() {
        away = true;
    }

    /// Some more pages are taken, then a put throws a transient failure, once.
    public synchronized void failAfter(int more) {
        takes = more;
    }

    /// Forgets every failure that was asked for.
    public synchronized void heal() {
        away = false;
        takes = Integer.MAX_VALUE;
    }
}
