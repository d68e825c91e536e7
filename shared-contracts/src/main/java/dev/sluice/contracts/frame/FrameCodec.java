package dev.sluice.contracts.frame;

/// How a frame's block is compressed.
public enum FrameCodec {
    NONE(0),
    ZSTD(1);

    private final int id;

    FrameCodec(int id) {
        this.id = id;
    }

    /// The number on the wire; never reused.
    public int id() {
        return id;
    }
}
