package dev.sluice.runtime.books;

import dev.sluice.runtime.memory.EffectLog;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Books that say in the log of effects which page they took.
public record LoggedBooks(BooksStore books, EffectLog log) implements BooksStore {

    @Override
    public void put(List<BookPage> pages) {
        log.mustLive();
        for (BookPage page : pages) {
            books.put(List.of(page));
            log.note("page " + page.shard() + " " + page.minute() + " up to " + page.upTo());
        }
    }

    @Override
    public void changedSince(Instant since, Consumer<List<BookPage>> pages) {
        books.changedSince(since, pages);
    }
}
