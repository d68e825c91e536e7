package dev.sluice.enricher.process;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/// Texts as columns of the warehouse hold them: their width is in bytes of UTF-8.
public final class ColumnText {

    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private ColumnText() {}

    /// The text, or as many of its first characters as fit; null if nothing is left.
    ///
    /// @param maxBytes width of the column
    public static @Nullable String cut(@Nullable String text, int maxBytes) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() * MOST_BYTES_OF_A_CHAR <= maxBytes) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        int end = maxBytes;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return end == 0 ? null : new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
