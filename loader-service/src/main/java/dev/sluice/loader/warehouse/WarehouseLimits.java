package dev.sluice.loader.warehouse;

/// How much one load transaction takes; a single file at least, however large it is.
///
/// @param maxFiles in it
/// @param maxRows in all its files together
/// @param maxBytes of all its files together
/// @param attempts with one file alone, after which it is set aside
public record WarehouseLimits(int maxFiles, long maxRows, long maxBytes, int attempts) {

    public WarehouseLimits {
        if (maxFiles < 1 || maxRows < 1 || maxBytes < 1 || attempts < 1) {
            throw new IllegalArgumentException(
                    "a load takes at least one file, row, byte and attempt");
        }
    }
}
