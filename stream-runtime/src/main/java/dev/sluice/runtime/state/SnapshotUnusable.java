package dev.sluice.runtime.state;

import org.jspecify.annotations.Nullable;

/// A snapshot cannot be restored, now or later: the shard starts cold. Names the object.
final class SnapshotUnusable extends Exception {

    private static final long serialVersionUID = 1L;

    enum Reason {
        MISSING,
        CORRUPT
    }

    private final Reason reason;

    private SnapshotUnusable(Reason reason, String message, @Nullable Exception cause) {
        super(message, cause);
        this.reason = reason;
    }

    static SnapshotUnusable missing(String uri) {
        return new SnapshotUnusable(Reason.MISSING, uri + " is missing", null);
    }

    static SnapshotUnusable corrupt(String uri, Exception cause) {
        return new SnapshotUnusable(Reason.CORRUPT, uri + " is corrupt: " + cause, cause);
    }

    static SnapshotUnusable exchanged(String uri) {
        return new SnapshotUnusable(
                Reason.CORRUPT, uri + " is another one than the later ones continue", null);
    }

    Reason reason() {
        return reason;
    }
}
