package dev.sluice.day;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.key.PartitionKey;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.loader.archive.ArchiveMetrics;
import dev.sluice.loader.archive.ArchiveShards;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.traffic.Expectation;
import dev.sluice.traffic.PlannedBatch;
import dev.sluice.traffic.PlannedEvent;
import dev.sluice.traffic.TrafficModel;
import dev.sluice.traffic.TroubleMix;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Fills an archive with a time that is over, as if it had been received then: the visitors of the
/// traffic model under a clock of its own, and the archivers' own windows and objects. The shards
/// are none of the stream's, so live frames are kept apart.
final class DayArchive {

    private static final TenantId TENANT = new TenantId("demo");
    private static final SourceId SOURCE = new SourceId("demo-shop");
    private static final WindowAge AGE = WindowAge.of(Duration.ofMinutes(10));
    private static final long OBJECT_BYTES = 8L << 20;
    private static final int TELL_EVERY = 100_000;

    private final DayPlan plan;
    private final TrafficModel model;
    private final List<DayShard> shards;
    private Instant now;
    private long events;
    private long good;

    /// @param secret of the keys in sidecars
    DayArchive(DayPlan plan, ObjectStore objects, SubjectSecret secret) {
        this.plan = plan;
        this.now = plan.from();
        this.model = new TrafficModel(plan.seed(), () -> now, TroubleMix.USUAL, plan.devices());
        ArchiveShards archive =
                new ArchiveShards(
                        objects,
                        secret,
                        new ArchiveMetrics(new SimpleMeterRegistry()),
                        OBJECT_BYTES,
                        AGE,
                        () -> now);
        HashKey half = HashKey.ofDecimal("170141183460469231731687303715884105728");
        HashKey before = Objects.requireNonNull(half.previous());
        this.shards =
                List.of(
                        shard(archive, "shardId-000000900000", new HashRange(HashKey.MIN, before)),
                        shard(archive, "shardId-000000900001", new HashRange(half, HashKey.MAX)));
    }

    /// What was archived.
    ///
    /// @param events all of them
    /// @param good of these, each once: those that become rows
    record Filled(long events, long good) {}

    Filled fill(Consumer<String> progress) {
        long told = 0;
        while (events < plan.events()) {
            now = due(events);
            receive(model.nextBatch());
            if (events - told >= TELL_EVERY) {
                told = events;
                progress.accept("archived %,d of %,d events".formatted(events, plan.events()));
            }
        }
        shards.forEach(shard -> shard.end(now));
        return new Filled(events, good);
    }

    /// Evenly over the time, and never at its end.
    private Instant due(long event) {
        long micros = plan.span().toNanos() / 1_000;
        return plan.from()
                .plus((long) (micros * ((double) event / plan.events())), ChronoUnit.MICROS);
    }

    private void receive(PlannedBatch batch) {
        HashKey key = null;
        for (int i = 0; i < batch.events().size(); i++) {
            PlannedEvent event = batch.events().get(i);
            EventId id = new EventId(event.eventId());
            String device = PartitionKey.of(TENANT, batch.anonymousId(), null, null, id);
            Receipt receipt =
                    new Receipt(
                            id,
                            TENANT,
                            SOURCE,
                            now.plus(i, ChronoUnit.MICROS),
                            device,
                            null,
                            null,
                            null);
            key = key == null ? HashKey.of(device) : key;
            shardOf(key)
                    .add(SectionedEvent.received(receipt.encode(), Bytes.of(event.json())), now);
            good += !event.copy() && event.expectation() instanceof Expectation.Loaded ? 1 : 0;
        }
        events += batch.events().size();
    }

    private DayShard shardOf(HashKey key) {
        return shards.getFirst().range().contains(key) ? shards.getFirst() : shards.getLast();
    }

    private static DayShard shard(ArchiveShards archive, String id, HashRange range) {
        ShardStart start =
                new ShardStart(
                        new StreamName(Streams.RAW), new ShardId(id), range, null, List.of());
        return new DayShard(start, archive.open(start));
    }
}
