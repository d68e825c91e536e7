package dev.sluice.runtime.publish;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import java.time.Duration;
import java.util.List;

/// Publishes batches to one stream and comes back when the stream has them. For stages that read
/// a batch, publish what they made of it, and acknowledge. Thread-safe; callers do not wait for
/// one another, so values whose order matters come through one caller at a time.
///
/// Values of one shard go in the order given, at most one record under way per shard, so a
/// partial failure of PutRecords reorders nothing. Only what failed goes again. When the shards
/// change, what is not known to be stored is cut anew; a record whose answer was lost, or a frame
/// of several records cut short by the change, may then be in the stream twice. The one record of
/// a shard that is under way while that shard splits lands on one child whole: readers of the
/// children may see its values after later ones of the same key.
public final class StreamPublisher<E> implements HealthSource {

    private final StreamName stream;
    private final PublisherConfig config;
    private final Timing timing;
    private final ShardMapSource maps;
    private final PutSender<E> sender;
    private final PublishHealth health;

    /// @param registry gets `sluice.put.*`
    public StreamPublisher(
            StreamClient client,
            StreamName stream,
            RecordEncoder<E> encoder,
            PublisherConfig config,
            MeterRegistry registry) {
        this(client, stream, encoder, config, registry, Timing.system());
    }

    StreamPublisher(
            StreamClient client,
            StreamName stream,
            RecordEncoder<E> encoder,
            PublisherConfig config,
            MeterRegistry registry,
            Timing timing) {
        this.stream = stream;
        this.config = config;
        this.timing = timing;
        maps = new ShardMapSource(client, stream, config, timing);
        sender = new PutSender<>(client, stream, encoder, config, registry);
        health = new PublishHealth(stream, config, timing);
    }

    /// Stores all values, or throws; then some may be stored all the same, and doing it again makes
    /// copies of those.
    ///
    /// @throws TransientFailure if the deadline passed or the thread was interrupted; names stream,
    ///     shard and the last error
    /// @throws SetupFailure if the stream does not exist or access is refused
    public void publish(List<Keyed<E>> values) {
        if (values.isEmpty()) {
            return;
        }
        ShardLanes<E> lanes = new ShardLanes<>(stream, config, value -> 0, Long.MAX_VALUE, timing);
        ShardMap map = maps.known();
        if (map != null) {
            lanes.route(map);
        }
        Delivery delivery = lanes.add(values, 0);
        int listingFailures = 0;
        while (!delivery.over()) {
            if (lanes.map() == null) {
                listingFailures = refresh(lanes) ? 0 : restAfterListing(lanes, listingFailures + 1);
            } else {
                round(lanes);
            }
            lanes.expire();
        }
        RuntimeException failure = delivery.failure();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public HealthReport health() {
        return health.report();
    }

    private void round(ShardLanes<E> lanes) {
        List<Frame<E>> frames = lanes.take();
        if (frames.isEmpty()) {
            rest(lanes, wake(lanes));
            return;
        }
        List<Outcome> outcomes = sender.send(frames);
        health.saw(outcomes);
        Placement placement = lanes.settle(frames, outcomes);
        if (maps.due(placement, lanes.map())) {
            refresh(lanes);
        }
    }

    /// @return whether there is a map
    private boolean refresh(ShardLanes<E> lanes) {
        ShardMap seen = lanes.map();
        try {
            ShardMap newer = maps.newerThan(seen);
            if (newer != seen) {
                lanes.route(newer);
            }
        } catch (TransientFailure e) {
            lanes.mapMissing(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            lanes.failAll(e);
        }
        return lanes.map() != null;
    }

    private int restAfterListing(ShardLanes<E> lanes, int failures) {
        Duration pause = config.backoff(failures, timing.random());
        rest(lanes, Math.min(timing.nanos() + pause.toNanos(), wake(lanes)));
        return failures;
    }

    private long wake(ShardLanes<E> lanes) {
        return lanes.nextWake(0).orElse(timing.nanos());
    }

    private void rest(ShardLanes<E> lanes, long until) {
        long nanos = until - timing.nanos();
        if (nanos <= 0) {
            return;
        }
        try {
            timing.pause(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lanes.failRest("before the thread was interrupted");
        }
    }
}
