package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonCursor.Next;

/// What a list must be; `items`, `minItems`, `maxItems`.
record ItemsRule(ValueRule each, int least, int most) {

    /// Reads to the end of the list.
    boolean accepts(EventScan scan) {
        JsonCursor cursor = scan.cursor();
        int count = 0;
        Next next = cursor.item(true);
        while (next == Next.ONE && each.accepts(cursor.value(), scan)) {
            if (++count > most) {
                return false;
            }
            next = cursor.item(false);
        }
        return next == Next.END && count >= least;
    }
}
