package dev.sluice.runtime.publish;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/// Publishes what many threads hand in to one stream, packed together (group commit): while a
/// shard's record is under way, what arrives for that shard waits and becomes its next record, and
/// calls start at least the linger time apart, so that shards share a call. A stream at rest sends
/// at once; records and calls grow with the load by themselves. Thread-safe; memory is bounded by
/// the bytes in flight.
///
/// Values of one submission, and of submissions one after another, are stored in order per key as
/// long as none fails. A thread is busy only while a call is under way.
public final class GroupCommitPublisher<E> implements HealthSource, AutoCloseable {

    private final GroupCommitConfig config;
    private final ToLongFunction<E> size;
    private final Timing timing;
    private final ShardMapSource maps;
    private final PutSender<E> sender;
    private final PublishHealth health;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final ShardLanes<E> lanes;
    private final AtomicLong bytesInFlight = new AtomicLong();
    private int putsInFlight;
    private long nextStart;
    private boolean listing;
    private int listingFailures;
    private boolean held;
    private @Nullable ShardMap nextMap;
    private final NavigableSet<Long> wakes = new TreeSet<>();
    private boolean closing;

    /// @param size bytes a value keeps in memory
    /// @param registry gets `sluice.put.*`
    public GroupCommitPublisher(
            StreamClient client,
            StreamName stream,
            RecordEncoder<E> encoder,
            ToLongFunction<E> size,
            GroupCommitConfig config,
            MeterRegistry registry) {
        this(client, stream, encoder, size, config, registry, Timing.system());
    }

    GroupCommitPublisher(
            StreamClient client,
            StreamName stream,
            RecordEncoder<E> encoder,
            ToLongFunction<E> size,
            GroupCommitConfig config,
            MeterRegistry registry,
            Timing timing) {
        this.config = config;
        this.size = size;
        this.timing = timing;
        PublisherConfig sending = config.sending();
        maps = new ShardMapSource(client, stream, sending, timing);
        sender = new PutSender<>(client, stream, encoder, sending, registry);
        health = new PublishHealth(stream, sending, timing);
        lanes = new ShardLanes<>(stream, sending, size, config.frameBytes(), timing);
    }

    /// Hands values in. Never blocks.
    public Submission submit(List<Keyed<E>> values) {
        long bytes = 0;
        for (Keyed<E> keyed : values) {
            bytes += size.applyAsLong(keyed.value());
        }
        Delivery delivery;
        lock.lock();
        try {
            if (closing) {
                return new Submission.Closing();
            }
            if (values.isEmpty()) {
                return new Submission.Accepted(CompletableFuture.completedFuture(null));
            }
            if (bytesInFlight.get() + bytes > config.maxBytesInFlight()) {
                return new Submission.Full(bytesInFlight.get(), config.maxBytesInFlight());
            }
            delivery = lanes.add(values, bytes);
            bytesInFlight.addAndGet(bytes);
        } finally {
            lock.unlock();
        }
        advance(() -> {});
        return new Submission.Accepted(delivery.stored());
    }

    /// Bytes of values that are accepted and not yet stored or failed.
    public long bytesInFlight() {
        return bytesInFlight.get();
    }

    @Override
    public HealthReport health() {
        return health.report();
    }

    /// Takes nothing more, waits until what was accepted is stored, at most the close timeout, and
    /// fails the rest. Does not close the client. Safe to call twice.
    @Override
    public void close() {
        flush().join();
    }

    /// Starts to close.
    ///
    /// @return done when everything accepted is stored or failed
    CompletableFuture<Void> flush() {
        advance(
                () -> {
                    if (!closing) {
                        closing = true;
                        timing.startAfter(config.closeTimeout(), this::giveUp);
                    }
                });
        return drained;
    }

    private void giveUp() {
        advance(() -> lanes.failRest("before the publisher was closed"));
    }

    /// Changes the state, then does whatever it allows: the only way anything moves on.
    private void advance(Runnable change) {
        List<Delivery> finished;
        boolean done;
        lock.lock();
        try {
            change.run();
            lanes.expire();
            followMap();
            startPuts();
            scheduleWake();
            finished = lanes.drainFinished();
            for (Delivery delivery : finished) {
                bytesInFlight.addAndGet(-delivery.bytes());
            }
            done = closing && lanes.empty();
        } finally {
            lock.unlock();
        }
        finished.forEach(Delivery::announce);
        if (done) {
            drained.complete(null);
        }
    }

    private void startPuts() {
        long now = timing.nanos();
        if (now < nextStart && !closing) {
            return;
        }
        while (!held && lanes.map() != null && putsInFlight < config.maxPutsInFlight()) {
            List<Frame<E>> frames = lanes.take();
            if (frames.isEmpty()) {
                return;
            }
            putsInFlight++;
            nextStart = now + config.linger().toNanos();
            timing.start(() -> put(frames));
        }
    }

    private void put(List<Frame<E>> frames) {
        List<Outcome> outcomes = send(frames);
        health.saw(outcomes);
        advance(
                () -> {
                    putsInFlight--;
                    Placement placement = lanes.settle(frames, outcomes);
                    if (maps.due(placement, lanes.map())) {
                        list(placement == Placement.WRONG);
                    }
                });
    }

    /// An error such as a full heap must not leave shards in flight for ever.
    private List<Outcome> send(List<Frame<E>> frames) {
        try {
            return sender.send(frames);
        } catch (Error e) {
            Outcome broken = new Outcome.Broken(new IllegalStateException("sending failed", e));
            return frames.stream().map(frame -> broken).toList();
        }
    }

    /// Routes by the newest map once nothing is under way by the old one; lists when there is none.
    private void followMap() {
        if (nextMap != null && putsInFlight == 0) {
            lanes.route(nextMap);
            nextMap = null;
            held = false;
        }
        if (lanes.map() == null && !lanes.empty()) {
            list(true);
        }
    }

    /// @param hold whether to send nothing more before the answer
    private void list(boolean hold) {
        if (nextMap != null) {
            return;
        }
        held |= hold;
        if (!listing) {
            listing = true;
            ShardMap seen = lanes.map();
            timing.start(() -> listShards(seen));
        }
    }

    private void listShards(@Nullable ShardMap seen) {
        try {
            ShardMap newer = maps.newerThan(seen);
            advance(() -> listed(newer == seen ? null : newer));
        } catch (TransientFailure e) {
            advance(() -> listingFailed(e, seen));
        } catch (RuntimeException e) {
            advance(
                    () -> {
                        listed(null);
                        lanes.failAll(e);
                    });
        }
    }

    private void listed(@Nullable ShardMap newer) {
        listing = false;
        listingFailures = 0;
        nextMap = newer;
        held = newer != null;
    }

    /// With an old map, sending goes on by it; without any, only time helps.
    private void listingFailed(TransientFailure failure, @Nullable ShardMap seen) {
        lanes.mapMissing(String.valueOf(failure.getMessage()));
        if (seen != null) {
            listed(null);
            return;
        }
        Duration pause = config.sending().backoff(++listingFailures, timing.random());
        timing.startAfter(pause, () -> listShards(null));
    }

    /// Sees to it that somebody looks again at the next moment that matters.
    private void scheduleWake() {
        OptionalLong next = lanes.nextWake(nextStart);
        if (next.isPresent() && (wakes.isEmpty() || wakes.first() > next.getAsLong())) {
            long moment = next.getAsLong();
            wakes.add(moment);
            Duration delay = Duration.ofNanos(moment - timing.nanos());
            timing.startAfter(delay, () -> advance(() -> wakes.remove(moment)));
        }
    }
}
