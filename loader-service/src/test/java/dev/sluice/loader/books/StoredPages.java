package dev.sluice.loader.books;

import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.books.BooksStore;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A store that remembers when it was asked, and gives what a test has put last, whatever its
/// state.
final class StoredPages implements BooksStore {

    final List<Instant> asked = new ArrayList<>();
    volatile @Nullable RuntimeException failure;
    volatile @Nullable RuntimeException failureAtTheEnd;
    private List<BookPage> pages = List.of();

    @Override
    public void put(List<BookPage> changed) {
        pages = List.copyOf(changed);
    }

    @Override
    public void changedSince(Instant since, Consumer<List<BookPage>> to) {
        asked.add(since);
        RuntimeException now = failure;
        if (now != null) {
            throw now;
        }
        pages.forEach(page -> to.accept(List.of(page)));
        RuntimeException then = failureAtTheEnd;
        if (then != null) {
            throw then;
        }
    }
}
