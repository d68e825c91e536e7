package dev.sluice.loader.warehouse;

import java.util.Set;

/// What became of a load transaction.
public sealed interface LoadOutcome {

    /// Committed.
    ///
    /// @param staged rows in the files
    /// @param inserted rows that are new
    /// @param duplicates receipts of events that had been received before, and that no load has
    ///     recorded yet
    /// @param replayed rows that were loaded, or recorded as duplicates, before, or are staged
    // twice
    record Loaded(long staged, long inserted, long duplicates, long replayed)
            implements LoadOutcome {
        public Loaded {
            if (staged != inserted + duplicates + replayed || replayed < 0) {
                throw new IllegalArgumentException(
                        "staged %d is not inserted %d + duplicates %d + replayed %d"
                                .formatted(staged, inserted, duplicates, replayed));
            }
        }
    }

    /// Nothing was done: these files stand in the ledger.
    record LoadedBefore(Set<String> files) implements LoadOutcome {}

    /// Nothing was done: another loader is the leader.
    ///
    /// @param newest the fencing token it has
    record Fenced(long newest) implements LoadOutcome {}

    /// Rolled back: the files cannot be loaded as they are.
    ///
    /// @param why what the warehouse said
    record Refused(String why) implements LoadOutcome {}
}
