package dev.sluice.loader.drift;

import java.util.Locale;

/// A column that differs between a table and the files that are loaded into it.
///
/// @param wanted what files have; empty if they have no such column
/// @param found what the table has; empty if it has no such column
public record DriftFinding(String table, String column, Kind kind, String wanted, String found) {

    /// What is different.
    public enum Kind {
        /// The table has not got it. The leader adds columns of `events` by itself before a load.
        MISSING(false),
        /// Values that fit the file may not fit the table.
        NARROWER(true),
        /// The table holds more than files have.
        WIDER(false),
        /// Values cannot be put into the table, or mean something else there.
        OTHER_TYPE(true),
        /// The table wants a value where files may have none.
        NOT_NULL(true),
        /// Files have no such column; the table leaves it empty.
        UNKNOWN(false);

        private final boolean breaksLoads;

        Kind(boolean breaksLoads) {
            this.breaksLoads = breaksLoads;
        }
    }

    /// Whether a load can fail for it.
    public boolean breaksLoads() {
        return kind.breaksLoads || (kind == Kind.MISSING && !table.equals("events"));
    }

    /// For a person: `events.coupon is narrower: VARCHAR(256) in files, VARCHAR(32) in the table`.
    public String text() {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "%s.%s is %s: %s in files, %s in the table"
                .formatted(
                        table,
                        column,
                        word,
                        wanted.isEmpty() ? "nothing" : wanted,
                        found.isEmpty() ? "nothing" : found);
    }
}
