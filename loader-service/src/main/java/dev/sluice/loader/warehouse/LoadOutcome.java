package dev.sluice.loader.warehouse;

import java.util.Set;

/// What became of a load transaction.
public sealed interface LoadOutcome {

    /// Committed.
    ///
    /// @param staged rows in the files
    /// @param inserted rows that are new
    /// @param duplicates copies of rows, in the files or in the table already
    record Loaded(long staged, long inserted, long duplicates) implements LoadOutcome {
        public Loaded {
            if (staged != inserted + duplicates) {
                throw new IllegalArgumentException(
                        "staged %d is not inserted %d + duplicates %d"
                                .formatted(staged, inserted, duplicates));
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
