package dev.sluice.runtime.bus;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// An event for a bus.
///
/// @param source who says so; must not start with `aws.`
/// @param type at most 128 characters; longer ones a bus may lose without a word
/// @param time when it happened; a bus gives it on to the second
/// @param detail a JSON object
public record BusEvent(String source, String type, Instant time, String detail) {

    private static final int BYTES_OF_A_TIME = 14;

    /// What it adds to the size of a put, in bytes ("Calculating PutEvents event entry size",
    /// Amazon EventBridge user guide).
    public int size() {
        return BYTES_OF_A_TIME + utf8(source) + utf8(type) + utf8(detail);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return "BusEvent[" + source + " " + type + " " + time + "]";
    }
}
