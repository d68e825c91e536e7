package dev.sluice.collector.process.protocol.segment;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What a call of the API tells.
enum Call {
    IDENTIFY,
    TRACK,
    PAGE,
    SCREEN,
    GROUP,
    ALIAS;

    private static final Map<String, Call> BY_NAME =
            Map.ofEntries(
                    Map.entry("identify", IDENTIFY),
                    Map.entry("i", IDENTIFY),
                    Map.entry("track", TRACK),
                    Map.entry("t", TRACK),
                    Map.entry("page", PAGE),
                    Map.entry("p", PAGE),
                    Map.entry("screen", SCREEN),
                    Map.entry("s", SCREEN),
                    Map.entry("group", GROUP),
                    Map.entry("g", GROUP),
                    Map.entry("alias", ALIAS),
                    Map.entry("a", ALIAS));

    /// By the last part of a path or a `type`; null for any other word.
    static @Nullable Call of(@Nullable String name) {
        return name == null ? null : BY_NAME.get(name);
    }
}
