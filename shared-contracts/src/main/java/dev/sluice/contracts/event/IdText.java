package dev.sluice.contracts.event;

import java.nio.charset.StandardCharsets;

/// The rule that all ids share: not empty, not longer than the warehouse's column.
final class IdText {

    private IdText() {}

    static void check(String name, String value, int maxBytes) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        if (value.length() > maxBytes || value.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw new IllegalArgumentException(name + " is longer than " + maxBytes + " bytes");
        }
    }
}
