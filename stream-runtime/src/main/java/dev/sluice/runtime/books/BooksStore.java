package dev.sluice.runtime.books;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Where the pages of all stages and shards are kept. Every call throws {@link
/// dev.sluice.runtime.failure.TransientFailure} when the store cannot be reached or is overloaded,
/// and {@link dev.sluice.runtime.failure.SetupFailure} when it is missing or refuses.
public interface BooksStore {

    /// Stores pages, each whole. A page that is stored already for the same or a later record
    /// stays as it is, so that a replay, or a task that lost its shard, changes nothing. When it
    /// throws, some may be stored; storing all of them again is right.
    void put(List<BookPage> pages);

    /// Hands over the pages that were stored at this moment or later, at the latest state of each;
    /// some that were stored shortly before may be among them. They come in lists that are small
    /// however many there are, so that a long outage can be made up for; a page that is stored
    /// meanwhile may come twice, its states in any order.
    ///
    /// @param pages called on this thread, never with an empty list; what it throws comes out here
    void changedSince(Instant since, Consumer<List<BookPage>> pages);
}
