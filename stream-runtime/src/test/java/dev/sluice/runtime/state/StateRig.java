package dev.sluice.runtime.state;

import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryLeases;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counters over streams, leases and a bucket in memory, which outlive them.
final class StateRig {

    static final StreamName STREAM = new StreamName("texts");
    static final ShardId FIRST = new ShardId("shardId-000000000000");
    /// In the name of every snapshot.
    static final String LEASE = "a";

    static final Duration KEEP = Duration.ofDays(7);

    final EffectLog log = new EffectLog();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final MemoryStreams streams = new MemoryStreams(() -> now, log);
    final MemoryObjectStore objects = new MemoryObjectStore("bucket", () -> now, log);
    final MemoryLeases leases = new MemoryLeases();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<Counter> counters = new ArrayList<>();
    boolean late;

    StateRig(int shards) {
        streams.create(STREAM, shards);
    }

    StatefulShards shards() {
        return new StatefulShards(
                "app",
                objects,
                meters,
                () -> now,
                KEEP,
                () -> LEASE,
                start -> {
                    Counter counter = new Counter(start, late);
                    counters.add(counter);
                    return counter;
                });
    }

    /// A new process; its batches hold so many records, and each is checkpointed.
    MemoryConsumer consumer(int batchSize) {
        counters.clear();
        MemoryConsumer consumer =
                new MemoryConsumer(streams, STREAM, shards(), leases, batchSize, 1);
        consumer.start();
        return consumer;
    }

    void put(String... texts) {
        for (String text : texts) {
            byte[] data = text.getBytes(StandardCharsets.UTF_8);
            streams.put(STREAM, List.of(new OutgoingRecord(HashKey.of(text), data)));
        }
    }

    /// What the counters of the present process have counted, all of them together.
    Map<String, Integer> counted() {
        Map<String, Integer> all = new TreeMap<>();
        counters.forEach(c -> c.counts.all().forEach((k, v) -> all.merge(k, v, Integer::sum)));
        return all;
    }

    List<String> keys() {
        return objects.list("state/app/").map(ObjectSummary::key).toList();
    }

    /// The names of a shard's snapshots, without the lease.
    List<String> snapshots(ShardId shard) {
        String prefix = "state/app/" + shard + "/";
        return objects.list(prefix)
                .map(o -> o.key().substring(prefix.length()).replace("-" + LEASE, ""))
                .toList();
    }

    byte[] object(String key) {
        return objects.read(key).orElseThrow();
    }

    void overwrite(String key, byte[] content) {
        try (var object = objects.begin(key)) {
            object.content().write(content);
            object.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double coldStarts(String reason) {
        return meters.counter("sluice.state.cold.starts", "application", "app", "reason", reason)
                .count();
    }
}
