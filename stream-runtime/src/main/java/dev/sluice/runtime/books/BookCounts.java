package dev.sluice.runtime.books;

import dev.sluice.runtime.metrics.Tally;

/// What became of events.
///
/// @param tally of those that came for the first time on this stage's stream
/// @param replayed events that the stage before sent again after a crash; no part of the tally
public record BookCounts(Tally tally, long replayed) {

    public static final BookCounts ZERO = new BookCounts(Tally.ZERO, 0);

    public BookCounts {
        if (replayed < 0) {
            throw new IllegalArgumentException("a count counts up");
        }
    }

    public BookCounts plus(BookCounts other) {
        return new BookCounts(tally.plus(other.tally), replayed + other.replayed);
    }
}
