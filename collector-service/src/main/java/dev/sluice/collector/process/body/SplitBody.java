package dev.sluice.collector.process.body;

import java.util.List;

/// What a body turned out to be.
public sealed interface SplitBody {

    /// The elements of the body in their order, good and bad.
    record Elements(List<ReadEvent> events) implements SplitBody {
        public Elements {
            events = List.copyOf(events);
        }
    }

    /// A body that is spoiled as a whole by a syntax error.
    ///
    /// @param message what was wrong; never what was found in a string
    /// @param line counts from 1
    /// @param column counts characters from 1
    /// @param offset of the byte where it went wrong, from 0
    record Unreadable(String message, int line, int column, int offset) implements SplitBody {}

    /// A body of more events than one may hold.
    record TooMany(int maxEvents) implements SplitBody {}
}
