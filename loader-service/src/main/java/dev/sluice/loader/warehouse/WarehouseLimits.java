package dev.sluice.loader.warehouse;

/// How much one load transaction takes.
///
/// @param maxFiles in it
/// @param attempts with one file alone, after which it is set aside
public record WarehouseLimits(int maxFiles, int attempts) {

    public WarehouseLimits {
        if (maxFiles < 1 || attempts < 1) {
            throw new IllegalArgumentException("a load takes at least one file and one attempt");
        }
    }
}
