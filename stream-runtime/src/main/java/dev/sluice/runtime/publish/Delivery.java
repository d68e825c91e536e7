package dev.sluice.runtime.publish;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/// The values of one caller on their way: over when all are stored, or when one has failed.
final class Delivery {

    private final CompletableFuture<Void> stored = new CompletableFuture<>();
    private final int values;
    private final long bytes;
    private final long deadline;
    private int remaining;
    private @Nullable RuntimeException failure;

    /// @param bytes what the values count for in the bytes in flight
    Delivery(int values, long bytes, long deadline) {
        this.values = values;
        this.bytes = bytes;
        this.deadline = deadline;
        remaining = values;
    }

    /// Tells that one value is stored.
    ///
    /// @return whether that ended the delivery
    boolean oneStored() {
        return failure == null && --remaining == 0;
    }

    /// Tells that not all values will be stored.
    ///
    /// @return whether that ended the delivery: the first failure does
    boolean fail(RuntimeException cause) {
        if (over()) {
            return false;
        }
        failure = cause;
        return true;
    }

    boolean over() {
        return failure != null || remaining == 0;
    }

    /// Wakes the caller. Runs what hangs on the future, so no lock may be held.
    void announce() {
        if (failure != null) {
            stored.completeExceptionally(failure);
        } else {
            stored.complete(null);
        }
    }

    CompletableFuture<Void> stored() {
        return stored;
    }

    @Nullable RuntimeException failure() {
        return failure;
    }

    int values() {
        return values;
    }

    int remaining() {
        return remaining;
    }

    long bytes() {
        return bytes;
    }

    long deadline() {
        return deadline;
    }
}
