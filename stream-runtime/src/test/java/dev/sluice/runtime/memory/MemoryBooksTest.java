package dev.sluice.runtime.memory;

import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.books.BooksStoreKit;

class MemoryBooksTest extends BooksStoreKit {

    private final MemoryBooks books = new MemoryBooks(this::now);

    @Override
    protected BooksStore store() {
        return books;
    }

    @Override
    protected void goAway() {
        books.goAway();
    }
}
