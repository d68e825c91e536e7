package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.state.Counter;
import dev.sluice.runtime.state.StatefulShards;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// A state under the real leases: restarts, deaths, reshards, and a lease that is stolen.
@Timeout(120)
class StatefulConsumerIT {

    @TempDir private static Path folder;
    private static LocalCloud cloud;

    private final EffectLog log = new EffectLog();
    private final MemoryObjectStore objects =
            new MemoryObjectStore("bucket", InstantSource.system(), log);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Counter> counters = new CopyOnWriteArrayList<>();
    private final List<KclConsumer> consumers = new ArrayList<>();
    private final AtomicBoolean cut = new AtomicBoolean();

    @BeforeAll
    static void startCloud() {
        cloud = new LocalCloud(folder);
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @AfterEach
    void closeConsumersWithoutAColdStart() {
        consumers.forEach(KclConsumer::close);
        assertThat(meters.find("sluice.state.cold.starts").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    @Test
    void remembersOverARestart() {
        StreamName stream = cloud.createStream(2);
        put(stream, "a", "b", "c", "a");
        KclConsumer consumer = start(stream, "one", shards());
        awaitCounted(Map.of("a", 2, "b", 1, "c", 1));
        consumer.close();
        counters.clear();
        start(stream, "one", shards());
        put(stream, "a", "d");

        awaitCounted(Map.of("a", 3, "b", 1, "c", 1, "d", 1));
        assertThat(given()).containsExactlyInAnyOrder("a", "d");
    }

    @Test
    void remembersOverADeath() {
        StreamName stream = cloud.createStream(1);
        put(stream, "a", "b");
        start(stream, "one", shards());
        awaitCounted(Map.of("a", 1, "b", 1));
        awaitCheckpointed(stream);
        cut.set(true);
        counters.clear();
        put(stream, "b");
        start(stream, "two", new AtomicBoolean(), shards());

        awaitCounted(Map.of("a", 1, "b", 2));
    }

    @Test
    void childrenInheritOverASplitAndAMerge() {
        StreamName stream = cloud.createStream(1);
        ShardId parent = new ShardId(cloud.shards(stream).getFirst().shardId());
        put(stream, "a", "b", "c", "d");
        start(stream, "one", shards());
        awaitCounted(Map.of("a", 1, "b", 1, "c", 1, "d", 1));
        cloud.split(stream, parent);
        put(stream, "a", "b", "c", "d");
        Waiting.until(() -> counters.size() == 3);
        Waiting.until(() -> counted(counters.subList(1, 3)).equals(twice()));
        for (Counter child : counters.subList(1, 3)) {
            assertThat(child.counts.all().keySet())
                    .allMatch(text -> child.start.range().contains(HashKey.of(text)));
        }

        List<ShardId> children =
                counters.subList(1, 3).stream()
                        .map(c -> c.start)
                        .sorted((x, y) -> x.range().first().compareTo(y.range().first()))
                        .map(s -> s.shard())
                        .toList();
        cloud.merge(stream, children.get(0), children.get(1));
        Waiting.until(() -> counters.size() == 4);
        Waiting.until(() -> counted(counters.subList(3, 4)).equals(twice()));
    }

    @Test
    void anOwnerThatLostItsLeaseRemovesNothing() throws Exception {
        StreamName stream = cloud.createStream(1);
        KclConsumer first = start(stream, "one", shards());
        put(stream, "a");
        awaitCounted(Map.of("a", 1));
        put(stream, "b");
        awaitCounted(Map.of("a", 1, "b", 1));
        first.close();
        log.clear();
        counters.clear();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(stream, "one", Handlers.pausing(shards(), inside, goOn));
        put(stream, "c");
        inside.await();
        new LeaseThief(cloud, application(stream)).steal();
        goOn.countDown();

        Waiting.until(() -> counters.size() == 2);
        Waiting.until(() -> log.of(Effect.ObjectDeleted.class).size() == 2);
        assertThat(log.lines())
                .extracting(line -> line.split(" ")[0])
                .containsExactly("open", "publish", "open", "publish", "delete", "delete");
        assertThat(counters.getLast().counts.all()).isEqualTo(Map.of("a", 1, "b", 1, "c", 1));
    }

    private StatefulShards shards() {
        return new StatefulShards(
                "app",
                objects,
                meters,
                start -> {
                    log.note("open");
                    Counter counter = new Counter(start, false);
                    counters.add(counter);
                    return counter;
                });
    }

    private KclConsumer start(StreamName stream, String worker, ShardHandlerFactory handlers) {
        return start(stream, worker, cut, handlers);
    }

    private KclConsumer start(
            StreamName stream, String worker, AtomicBoolean wire, ShardHandlerFactory handlers) {
        KclConsumer consumer =
                new KclConsumer(
                        new KclConsumerConfig(
                                application(stream), stream, worker, KclConsumerIT.tuning()),
                        cloud.clients(wire),
                        handlers,
                        meters,
                        InstantSource.system());
        consumers.add(consumer);
        consumer.start();
        return consumer;
    }

    private static String application(StreamName stream) {
        return stream + "-counts";
    }

    private static void put(StreamName stream, String... texts) {
        for (String text : texts) {
            cloud.put(stream, HashKey.of(text), text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void awaitCounted(Map<String, Integer> expected) {
        Waiting.until(() -> counted(counters).equals(expected));
    }

    private static Map<String, Integer> counted(List<Counter> counters) {
        Map<String, Integer> all = new TreeMap<>();
        counters.forEach(c -> c.counts.all().forEach((k, v) -> all.merge(k, v, Integer::sum)));
        return all;
    }

    private static Map<String, Integer> twice() {
        return Map.of("a", 2, "b", 2, "c", 2, "d", 2);
    }

    private List<String> given() {
        return counters.stream().flatMap(c -> c.batches.stream()).flatMap(List::stream).toList();
    }

    /// An idle tick comes after the checkpoint of what was read before it.
    private void awaitCheckpointed(StreamName stream) {
        int before = counters.getFirst().batches.size();
        Waiting.until(() -> counters.getFirst().batches.size() > before + 1);
        assertThat(log.of(Effect.ObjectPublished.class)).as(stream.value()).isNotEmpty();
    }
}
