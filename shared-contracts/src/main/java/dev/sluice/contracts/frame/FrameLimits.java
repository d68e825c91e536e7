package dev.sluice.contracts.frame;

/// What a reader accepts and a writer keeps to. A frame beyond them is refused before anything is
/// allocated for it.
///
/// @param maxFrameBytes of the whole frame as it lies on the stream
/// @param maxBlockBytes of its events once decompressed
/// @param maxEvents in one frame
public record FrameLimits(int maxFrameBytes, int maxBlockBytes, int maxEvents) {

    /// One mebibyte on the stream, 16 MiB of events, 10,000 of them.
    public static final FrameLimits DEFAULT = new FrameLimits(1 << 20, 16 << 20, 10_000);

    public FrameLimits {
        if (maxFrameBytes < 1024 || maxBlockBytes < 1024 || maxEvents < 1) {
            throw new IllegalArgumentException(
                    "limits too small: "
                            + maxFrameBytes
                            + " frame bytes, "
                            + maxBlockBytes
                            + " block bytes, "
                            + maxEvents
                            + " events");
        }
    }
}
