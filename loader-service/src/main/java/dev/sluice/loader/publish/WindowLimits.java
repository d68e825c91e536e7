package dev.sluice.loader.publish;

/// When a window is full.
///
/// @param maxRows in it
/// @param maxBytes of its events, decompressed, which is about what it takes of the heap
public record WindowLimits(int maxRows, long maxBytes) {

    public WindowLimits {
        if (maxRows < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a window takes at least one row of one byte");
        }
    }
}
