package dev.sluice.contracts.event;

import java.nio.charset.StandardCharsets;

/// The rule that all ids share: not empty, not longer than the warehouse's column.
public final class IdText {

    private IdText() {}

    /// @throws IllegalArgumentException that says which id breaks the rule, without its value
    public static void check(String name, String value, int maxBytes) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        if (!fits(value, maxBytes)) {
            throw new IllegalArgumentException(name + " is longer than " + maxBytes + " bytes");
        }
    }

    /// Whether a value keeps the rule.
    public static boolean fits(String value, int maxBytes) {
        return !value.isEmpty()
                && value.length() <= maxBytes
                && value.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
    }
}
