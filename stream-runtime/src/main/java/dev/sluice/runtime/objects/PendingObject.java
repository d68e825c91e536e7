package dev.sluice.runtime.objects;

import java.io.OutputStream;

/// An object with two ends: write, then either {@link #publish()} or {@link #discard()}. Closing it
/// without either discards it.
public interface PendingObject extends AutoCloseable {

    /// Where the content goes; valid until the object is published or discarded. Writing to it does
    /// not throw for the store's sake: it is kept on local disk or in memory until publication.
    OutputStream content();

    /// Makes the object visible, wholly and durably. May be called again after it threw.
    ObjectSummary publish();

    /// Drops what was written. Does nothing after a publication.
    void discard();

    @Override
    default void close() {
        discard();
    }
}
