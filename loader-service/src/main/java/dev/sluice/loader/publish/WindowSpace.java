package dev.sluice.loader.publish;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that the windows of all shards of a process share, so that a task which has to take
/// over the shards of others, with all that waited for it, does not run out of heap. Thread-safe.
public final class WindowSpace {

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    /// @param bytes of events, decompressed; once they are taken every window is full. Exceeded by
    ///     at most one frame for each shard
    public WindowSpace(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("windows share at least one byte, not " + bytes);
        }
        this.bytes = bytes;
    }

    void take(long more) {
        taken.addAndGet(more);
    }

    void giveBack(long less) {
        taken.addAndGet(-less);
    }

    boolean isFull() {
        return taken.get() >= bytes;
    }
}
