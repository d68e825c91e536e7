package dev.sluice.runtime.publish;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/// Everything on its way to one stream, cut by shard: the sending core of both publishers. Each
/// shard has at most one record under way, and a record that failed goes again before anything
/// behind it, so the order of a key is kept. For one thread at a time; never blocks.
final class ShardLanes<E> {

    private final StreamName stream;
    private final PublisherConfig config;
    private final ToLongFunction<E> size;
    private final Timing timing;
    private final long frameBytes;
    private final Deque<Parcel<E>> unrouted = new ArrayDeque<>();
    private final Map<ShardId, Lane<E>> lanes = new HashMap<>();
    private final NavigableSet<Lane<E>> queue =
            new TreeSet<>(
                    Comparator.<Lane<E>>comparingLong(Lane::queuedFor).thenComparing(Lane::index));
    private final SequencedSet<Delivery> live = new LinkedHashSet<>();
    private final List<Delivery> finished = new ArrayList<>();
    private @Nullable ShardMap map;
    private String mapError = "not listed yet";
    private long added;

    /// @param size what a value weighs, in bytes
    /// @param frameBytes a frame is closed at this weight
    ShardLanes(
            StreamName stream,
            PublisherConfig config,
            ToLongFunction<E> size,
            long frameBytes,
            Timing timing) {
        this.stream = stream;
        this.config = config;
        this.size = size;
        this.frameBytes = frameBytes;
        this.timing = timing;
    }

    /// Takes values over.
    ///
    /// @param bytes their weight together
    Delivery add(List<Keyed<E>> values, long bytes) {
        long now = timing.nanos();
        long deadline = now + config.deadline().toNanos();
        Delivery delivery = new Delivery(values.size(), bytes, deadline);
        live.add(delivery);
        for (Keyed<E> keyed : values) {
            place(new Parcel<>(added++, keyed, size.applyAsLong(keyed.value()), delivery), now);
        }
        return delivery;
    }

    /// Follows a new map: what is not known to be stored is cut again, in the order in which it was
    /// handed in, since shards may have merged whose lanes had got unequally far. Only while
    /// nothing is in flight.
    void route(ShardMap newMap) {
        List<Parcel<E>> unsent = new ArrayList<>();
        lanes.values().forEach(lane -> lane.forEachUnsent(unsent::add));
        unsent.addAll(unrouted);
        unsent.sort(Comparator.comparingLong(Parcel::ordinal));
        lanes.clear();
        queue.clear();
        unrouted.clear();
        map = newMap;
        for (int i = 0; i < newMap.shards().size(); i++) {
            OpenShard shard = newMap.shards().get(i);
            lanes.put(shard.id(), new Lane<>(shard, i));
        }
        long now = timing.nanos();
        for (Parcel<E> parcel : unsent) {
            if (!parcel.delivery().over()) {
                place(parcel, now);
            }
        }
    }

    /// The map that lanes follow; null until the first one.
    @Nullable ShardMap map() {
        return map;
    }

    /// Notes why there is no map yet, for the message of those who wait for one.
    void mapMissing(String why) {
        mapError = why;
    }

    /// The frames that may be sent now, one for each ready shard; they count as in flight until
    /// they are settled.
    List<Frame<E>> take() {
        long now = timing.nanos();
        List<Frame<E>> frames = new ArrayList<>();
        long bytes = 0;
        while (frames.size() < config.maxRecordsPerPut() && !queue.isEmpty()) {
            Lane<E> lane = queue.first();
            if (lane.queuedFor() > now) {
                break;
            }
            lane.dropAbandoned();
            if (lane.idle()) {
                queue.remove(lane);
                continue;
            }
            Frame<E> frame = lane.frame(frameBytes);
            if (!frames.isEmpty() && bytes + frame.bytes() > config.maxBytesPerPut()) {
                break;
            }
            queue.remove(lane);
            lane.sending();
            frames.add(frame);
            bytes += frame.bytes();
        }
        return frames;
    }

    /// Notes what became of frames, in the same order.
    Placement settle(List<Frame<E>> frames, List<Outcome> outcomes) {
        long now = timing.nanos();
        Placement placement = Placement.RIGHT;
        for (int i = 0; i < frames.size(); i++) {
            placement = placement.worse(settle(frames.get(i), outcomes.get(i), now));
        }
        return placement;
    }

    /// Fails what is over its deadline.
    void expire() {
        long now = timing.nanos();
        List<Delivery> late = new ArrayList<>();
        for (Delivery delivery : live) {
            if (delivery.deadline() > now) {
                break;
            }
            late.add(delivery);
        }
        late.forEach(delivery -> fail(delivery, overdue(delivery, "within " + config.deadline())));
    }

    /// Fails everything that is left.
    void failAll(RuntimeException cause) {
        new ArrayList<>(live).forEach(delivery -> fail(delivery, cause));
    }

    /// Fails everything that is left, saying where it hung.
    void failRest(String limit) {
        new ArrayList<>(live).forEach(delivery -> fail(delivery, overdue(delivery, limit)));
    }

    /// The next moment after now at which time alone makes something ready or overdue.
    ///
    /// @param notBefore nothing is sent before this moment
    OptionalLong nextWake(long notBefore) {
        long now = timing.nanos();
        long next = Long.MAX_VALUE;
        if (!queue.isEmpty()) {
            long sending = Math.max(queue.first().queuedFor(), notBefore);
            next = sending > now ? sending : next;
        }
        if (!live.isEmpty()) {
            long deadline = live.getFirst().deadline();
            next = deadline > now ? Math.min(next, deadline) : next;
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /// Deliveries that ended since the last call; the caller announces them.
    List<Delivery> drainFinished() {
        if (finished.isEmpty()) {
            return List.of();
        }
        List<Delivery> drained = List.copyOf(finished);
        finished.clear();
        return drained;
    }

    boolean empty() {
        return live.isEmpty();
    }

    private void place(Parcel<E> parcel, long now) {
        if (map == null) {
            unrouted.add(parcel);
            return;
        }
        Lane<E> lane = lane(map.shardOf(parcel.keyed().key()));
        lane.add(parcel);
        if (!lane.inFlight()) {
            enqueue(lane, now);
        }
    }

    private Lane<E> lane(OpenShard shard) {
        Lane<E> lane = lanes.get(shard.id());
        if (lane == null) {
            throw new IllegalStateException("no lane for shard " + shard.id());
        }
        return lane;
    }

    private void enqueue(Lane<E> lane, long now) {
        if (!queue.contains(lane)) {
            lane.queueFor(lane.readyAt(now));
            queue.add(lane);
        }
    }

    private Placement settle(Frame<E> frame, Outcome outcome, long now) {
        Lane<E> lane = frame.lane();
        frame.refused().forEach(this::fail);
        Placement placement = Placement.RIGHT;
        switch (outcome) {
            case Outcome.Stored(ShardId shard) -> {
                boolean done = frame.advance();
                lane.answered(done);
                if (done) {
                    frame.parcels().forEach(parcel -> stored(parcel.delivery()));
                }
                placement = shard.equals(lane.shard().id()) ? placement : Placement.WRONG;
            }
            case Outcome.Failed(String code) -> {
                int failures = lane.failed(code);
                lane.rest(now + config.backoff(failures, timing.random()).toNanos());
                placement = Placement.DOUBTFUL;
            }
            case Outcome.Broken(RuntimeException cause) -> {
                lane.broken(cause.getClass().getSimpleName());
                frame.parcels().forEach(parcel -> fail(parcel.delivery(), cause));
                placement = Placement.WRONG;
            }
            case Outcome.Empty() -> lane.answered(true);
        }
        lane.dropAbandoned();
        if (!lane.idle()) {
            enqueue(lane, now);
        }
        return placement;
    }

    private void stored(Delivery delivery) {
        if (delivery.oneStored()) {
            end(delivery);
        }
    }

    private void fail(Delivery delivery, RuntimeException cause) {
        if (delivery.fail(cause)) {
            end(delivery);
        }
    }

    private void end(Delivery delivery) {
        live.remove(delivery);
        finished.add(delivery);
    }

    private TransientFailure overdue(Delivery delivery, String limit) {
        String where = "no shard map: " + mapError;
        for (Lane<E> lane : lanes.values()) {
            if (lane.holds(delivery)) {
                String error = lane.lastError();
                where =
                        "shard %s: last error %s"
                                .formatted(lane.shard().id(), error == null ? "none" : error);
                if (error != null) {
                    break;
                }
            }
        }
        return new TransientFailure(
                "stream %s, %s; %d of %d values not stored %s"
                        .formatted(stream, where, delivery.remaining(), delivery.values(), limit));
    }
}
