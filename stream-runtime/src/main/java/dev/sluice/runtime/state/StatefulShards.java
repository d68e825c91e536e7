package dev.sluice.runtime.state;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.ShardStart;

import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes handlers that remember over crashes, reshards and new owners: restores a shard's state
/// when its lease starts, and keeps it with each checkpoint.
///
/// When a snapshot is missing or corrupt, the shard starts cold: that is counted and logged as an
/// error, and reading goes on. So it is when an application that has read before starts to
/// remember. A store that is away makes opening fail instead, to be tried again.
public final class StatefulShards implements ShardHandlerFactory {

    /// How long the last snapshots of ended shards stay. Children that are started for the first
    /// time later than this, after an outage of all tasks, start cold.
    public static final Duration KEEP_ENDED = Duration.ofDays(7);

    private static final Logger log = LoggerFactory.getLogger(StatefulShards.class);

    private final String application;
    private final ObjectStore objects;
    private final Supplier<String> leaseNames;
    private final Function<ShardStart, StatefulHandler> handlers;
    private final StateMetrics metrics;
    private final SnapshotReader reader;
    private final EndedShards ended;

    public StatefulShards(
            String application,
            ObjectStore objects,
            MeterRegistry meters,
            Function<ShardStart, StatefulHandler> handlers) {
        this(
                application,
                objects,
                meters,
                InstantSource.system(),
                KEEP_ENDED,
                () -> HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()),
                handlers);
    }

    /// @param application names the fleet, as its leases do; part of the name of each snapshot
    /// @param clock tells the age of what ended shards left behind, and nothing else
    /// @param keepEnded how long that stays
    /// @param leaseNames tells the snapshots of one tenure of a shard from those of all others:
    ///     letters and digits
    public StatefulShards(
            String application,
            ObjectStore objects,
            MeterRegistry meters,
            InstantSource clock,
            Duration keepEnded,
            Supplier<String> leaseNames,
            Function<ShardStart, StatefulHandler> handlers) {
        this.application = application;
        this.objects = objects;
        this.leaseNames = leaseNames;
        this.handlers = handlers;
        this.metrics = new StateMetrics(meters, application);
        this.reader = new SnapshotReader(application, objects);
        this.ended = new EndedShards(application, objects, clock, keepEnded);
    }

    @Override
    public ShardHandler open(ShardStart start) {
        StatefulHandler handler = handlers.apply(start);
        try {
            return restored(handler, start);
        } catch (RuntimeException e) {
            handler.abandon();
            throw e;
        }
    }

    private StatefulShard restored(StatefulHandler handler, ShardStart start) {
        ShardState state = handler.state();
        SnapshotKeys keys = new SnapshotKeys(application, start.shard());
        ShardSnapshots snapshots =
                new ShardSnapshots(keys, leaseNames.get(), objects, state, metrics);
        List<ObjectSummary> listing = ended.list();
        List<SnapshotName> stored = keys.names(listing.stream().map(ObjectSummary::key).toList());
        snapshots.found(stored);
        try {
            List<SnapshotName> read = reader.restore(state, start, stored);
            tidy(listing, start, snapshots, read);
        } catch (SnapshotUnusable e) {
            state.clear();
            metrics.coldStart(e.reason());
            log.error(
                    "stream {} {} of {} starts cold, and what it forgot is not recognised again: {}",
                    start.stream(),
                    start.shard(),
                    application,
                    e.getMessage());
        }
        StateGauge gauge = new StateGauge(metrics, start.shard());
        gauge.set(state.bytes());
        return new StatefulShard(handler, snapshots, gauge);
    }

    /// What stays is removed after a later checkpoint, or at the start of another shard.
    private void tidy(
            List<ObjectSummary> listing,
            ShardStart start,
            ShardSnapshots snapshots,
            List<SnapshotName> read) {
        try {
            if (start.checkpoint() != null) {
                snapshots.removeBefore(start.checkpoint(), read);
            }
            ended.sweep(listing, start);
        } catch (RuntimeException e) {
            log.warn(
                    "stream {} {} of {}: old snapshots stay for now: {}",
                    start.stream(),
                    start.shard(),
                    application,
                    e.getMessage());
        }
    }
}
