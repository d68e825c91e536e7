package dev.sluice.collector.process.protocol;

import dev.sluice.contracts.event.Timestamps;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.regex.Pattern;

/// Times of other SDKs: RFC 3339, or milliseconds since 1970 as a number or as text.
public final class ForeignTime {

    private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");

    private ForeignTime() {}

    /// RFC 3339 for what can be read; anything else as it is, for the validator to refuse. Empty
    /// text is no time.
    public static @Nullable String rfc3339(@Nullable String time) {
        if (time == null || time.isEmpty()) {
            return null;
        }
        return MILLIS.matcher(time).matches()
                ? Timestamps.format(Instant.ofEpochMilli(Long.parseLong(time)))
                : time;
    }
}
