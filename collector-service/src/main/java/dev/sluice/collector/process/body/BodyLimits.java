package dev.sluice.collector.process.body;

/// What a body may hold.
///
/// @param maxEvents in one body, refused ones included
/// @param maxEventBytes of one event as it was sent
/// @param maxDepth levels of objects and arrays in one event, itself included
/// @param maxNumberLength characters of one number
public record BodyLimits(int maxEvents, int maxEventBytes, int maxDepth, int maxNumberLength) {

    /// 5000 events of 256 KiB, 64 levels, numbers of 1000 characters.
    public static final BodyLimits DEFAULT = new BodyLimits(5000, 256 << 10, 64, 1000);

    public BodyLimits {
        if (maxEvents < 1 || maxEventBytes < 2 || maxDepth < 1 || maxNumberLength < 1) {
            throw new IllegalArgumentException(
                    "limits below 1: %d events, %d bytes, %d levels, %d characters"
                            .formatted(maxEvents, maxEventBytes, maxDepth, maxNumberLength));
        }
    }
}
