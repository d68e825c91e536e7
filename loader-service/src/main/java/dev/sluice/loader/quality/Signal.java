package dev.sluice.loader.quality;

import java.util.Locale;

/// What can be unusual about events.
enum Signal {
    /// More events are refused than usual.
    REJECTIONS,
    /// Events of a type that has no contract, and that nobody sent before.
    UNKNOWN_TYPE,
    /// Fewer or more events than usual.
    VOLUME,
    /// A field is missing more often than usual.
    NULLS;

    /// The name in tables and meters, such as `unknown_type`.
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The signal of a name.
    static Signal of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
