package dev.sluice.enricher.process.identity;

import java.util.Locale;
import java.util.Set;

/// Ids that programs send when they have none. Whoever has one is not the same person as all others
/// who have it.
final class NoPersonsId {

    private static final Set<String> VALUES =
            Set.of(
                    "0",
                    "-1",
                    "null",
                    "nil",
                    "none",
                    "nan",
                    "undefined",
                    "unknown",
                    "anonymous",
                    "guest",
                    "[object object]",
                    "00000000-0000-0000-0000-000000000000");

    private static final int LONGEST = VALUES.stream().mapToInt(String::length).max().orElseThrow();

    private NoPersonsId() {}

    static boolean is(String id) {
        return id.length() <= LONGEST && VALUES.contains(id.toLowerCase(Locale.ROOT));
    }
}
