package dev.sluice.loader.sink;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a sink says to rows that it was given.
public sealed interface SinkAnswer {

    /// Row by row: what is in none of the lists is written.
    ///
    /// @param superseded rows of which the sink has a newer one already
    /// @param refused rows that it will never take
    /// @param later rows that it does not take now
    record Sorted(int superseded, List<RefusedRow> refused, @Nullable Later later)
            implements SinkAnswer {

        /// Everything is written.
        public static final Sorted WRITTEN = new Sorted(0, List.of(), null);

        public Sorted {
            refused = List.copyOf(refused);
        }
    }

    /// None is written, and at least one of them, or their number, is why. Fewer may be taken.
    ///
    /// @param why without anything of a row
    record Unsorted(String why) implements SinkAnswer {}

    /// @param rows to write again
    /// @param why to be thrown once all else is done
    record Later(List<SinkRow> rows, RuntimeException why) {

        public Later {
            rows = List.copyOf(rows);
        }
    }
}
