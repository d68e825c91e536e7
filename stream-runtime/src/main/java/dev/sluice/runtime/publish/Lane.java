package dev.sluice.runtime.publish;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// What waits for one shard, in order, and the one frame that is being sent.
final class Lane<E> {

    private final OpenShard shard;
    private final int index;
    private final Deque<Parcel<E>> waiting = new ArrayDeque<>();
    private @Nullable Frame<E> open;
    private boolean inFlight;
    private int failures;
    private long notBefore;
    private @Nullable String lastError;
    private long readyAt;

    /// @param index the place of the shard in its map
    Lane(OpenShard shard, int index) {
        this.shard = shard;
        this.index = index;
    }

    void add(Parcel<E> parcel) {
        waiting.add(parcel);
    }

    /// When it may send next, once it has something to send.
    long readyAt(long now) {
        return Math.max(now, notBefore);
    }

    /// Forgets values whose caller has been told of a failure.
    void dropAbandoned() {
        if (open != null && open.abandoned()) {
            open = null;
        }
        while (!waiting.isEmpty() && waiting.getFirst().delivery().over()) {
            waiting.removeFirst();
        }
    }

    boolean idle() {
        return open == null && waiting.isEmpty();
    }

    /// The frame to send: the one that failed, or a new one from what waits. Not for an idle lane.
    Frame<E> frame(long frameBytes) {
        if (open == null) {
            List<Parcel<E>> parcels = new ArrayList<>();
            long bytes = 0;
            while (!waiting.isEmpty() && (parcels.isEmpty() || bytes < frameBytes)) {
                Parcel<E> parcel = waiting.removeFirst();
                if (!parcel.delivery().over()) {
                    parcels.add(parcel);
                    bytes += parcel.bytes();
                }
            }
            open = new Frame<>(this, parcels);
        }
        return open;
    }

    void sending() {
        inFlight = true;
    }

    void answered(boolean frameDone) {
        inFlight = false;
        failures = 0;
        lastError = null;
        if (frameDone) {
            open = null;
        }
    }

    /// @param error the service's error code, or what else was wrong
    /// @return failures in a row
    int failed(String error) {
        inFlight = false;
        lastError = error;
        return ++failures;
    }

    void broken(String error) {
        inFlight = false;
        lastError = error;
        open = null;
    }

    void rest(long until) {
        notBefore = until;
    }

    /// Gives everything that is not known to be stored, in order.
    void forEachUnsent(Consumer<Parcel<E>> consumer) {
        if (open != null) {
            open.parcels().forEach(consumer);
        }
        waiting.forEach(consumer);
    }

    boolean holds(Delivery delivery) {
        return (open != null && open.parcels().stream().anyMatch(p -> p.delivery() == delivery))
                || waiting.stream().anyMatch(p -> p.delivery() == delivery);
    }

    OpenShard shard() {
        return shard;
    }

    int index() {
        return index;
    }

    boolean inFlight() {
        return inFlight;
    }

    @Nullable String lastError() {
        return lastError;
    }

    /// The moment it is queued for; changed only while it is not queued.
    long queuedFor() {
        return readyAt;
    }

    void queueFor(long moment) {
        readyAt = moment;
    }
}
