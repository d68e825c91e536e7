package dev.sluice.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// What every [StreamConsumer] does, whatever is behind it.
@Timeout(120)
public abstract class StreamConsumerKit {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final List<StreamConsumer> started = new ArrayList<>();

    /// The texts put so far, by the shard that took them.
    private final Map<ShardId, List<String>> put =
            new TreeMap<>((a, b) -> a.value().compareTo(b.value()));

    /// Creates a stream of its own with shards of equal size; returns when it can be used.
    protected abstract StreamName createStream(int shards);

    /// Puts one record.
    ///
    /// @return the shard that took it
    protected abstract ShardId put(StreamName stream, HashKey key, byte[] data);

    /// Splits a shard in the middle; returns when the children can be used.
    protected abstract void split(StreamName stream, ShardId parent);

    /// Merges two neighbours; returns when the child can be used.
    protected abstract void merge(StreamName stream, ShardId lower, ShardId upper);

    /// Makes a consumer that checkpoints with every acknowledgement and is not started.
    ///
    /// @param worker differs between consumers that are alive at the same time
    protected abstract StreamConsumer consumer(
            String application, String worker, StreamName stream, ShardHandlerFactory handlers);

    /// Ends a consumer as the death of its process would: nothing is drained or checkpointed.
    protected abstract void kill(StreamConsumer consumer);

    @AfterEach
    final void closeConsumers() {
        started.forEach(StreamConsumer::close);
    }

    @Test
    void readsEveryRecordOfEveryShardInOrder() {
        StreamName stream = createStream(3);
        putEverywhere(stream, "before", 20);
        Journal journal = new Journal();
        start("reads", "one", stream, journal);
        putEverywhere(stream, "after", 20);

        until(() -> journal.texts().size() >= total());
        put.forEach((shard, texts) -> assertThat(journal.of(shard)).isEqualTo(texts));
    }

    @Test
    void ticksWhileAShardIsIdle() {
        StreamName stream = createStream(1);
        Journal journal = new Journal();
        StreamConsumer consumer = start("ticks", "one", stream, journal);
        ShardId shard = put(stream, "only");

        until(() -> journal.texts().size() == 1);
        int before = journal.ticks(shard);
        until(() -> journal.ticks(shard) >= before + 3);
        assertThat(consumer.health().up()).isTrue();
        assertThat(journal.of(shard)).containsExactly("only");
    }

    @Test
    void offersARefusedBatchAgain() {
        StreamName stream = createStream(2);
        putEverywhere(stream, "refused", 10);
        Journal journal = new Journal().failing(4);
        start("refuses", "one", stream, journal);

        until(() -> journal.texts().size() >= total());
        put.forEach((shard, texts) -> assertThat(journal.of(shard)).isEqualTo(texts));
    }

    @Test
    void continuesAfterTheLastCheckpointWhenItStartsAgain() {
        StreamName stream = createStream(2);
        putEverywhere(stream, "first", 10);
        Journal journal = new Journal();
        StreamConsumer consumer = start("restarts", "one", stream, journal);
        until(() -> journal.texts().size() >= total());
        consumer.close();
        assertThat(consumer.health().up()).isFalse();

        put.clear();
        putEverywhere(stream, "second", 10);
        Journal again = new Journal();
        start("restarts", "one", stream, again);
        until(() -> again.texts().size() >= total());
        put.forEach((shard, texts) -> assertThat(again.of(shard)).isEqualTo(texts));
    }

    @Test
    void drainsOnAGracefulStop() {
        StreamName stream = createStream(2);
        putEverywhere(stream, "held", 10);
        Journal journal = new Journal().holding();
        StreamConsumer consumer = start("drains", "one", stream, journal);
        until(() -> journal.texts().size() >= total());
        consumer.close();
        consumer.close();
        assertThat(journal.entries()).filteredOn(e -> e.text().equals("drained")).hasSize(2);
        assertThat(journal.entries()).noneMatch(e -> e.text().equals("abandoned"));

        put.clear();
        putEverywhere(stream, "next", 1);
        Journal again = new Journal();
        start("drains", "two", stream, again);
        until(() -> again.texts().size() >= total());
        put.forEach((shard, texts) -> assertThat(again.of(shard)).isEqualTo(texts));
    }

    @Test
    void repeatsOnlyWhatWasNotAcknowledgedAfterACrash() {
        StreamName stream = createStream(2);
        putEverywhere(stream, "acknowledged", 10);
        Journal journal = new Journal();
        StreamConsumer consumer = start("crashes", "one", stream, journal);
        until(() -> journal.texts().size() >= total());
        awaitTick(journal);
        journal.holding();
        int acknowledged = total();
        put.clear();
        putEverywhere(stream, "held", 10);
        until(() -> journal.texts().size() >= acknowledged + total());
        kill(consumer);

        Journal again = new Journal();
        start("crashes", "two", stream, again);
        until(() -> again.texts().size() >= total());
        put.forEach((shard, texts) -> assertThat(again.of(shard)).isEqualTo(texts));
    }

    @Test
    void readsChildrenAfterTheirParents() {
        StreamName stream = createStream(2);
        putEverywhere(stream, "before", 10);
        List<ShardId> parents = List.copyOf(put.keySet());
        Journal journal = new Journal().holding();
        start("reshards", "one", stream, journal);
        until(() -> !journal.texts().isEmpty());

        split(stream, parents.getFirst());
        putEverywhere(stream, "split", 10);
        List<ShardId> open = List.copyOf(put.keySet());
        merge(stream, open.getLast(), parents.getLast());
        putEverywhere(stream, "merged", 10);

        until(() -> journal.texts().size() >= total());
        put.forEach((shard, texts) -> assertThat(journal.of(shard)).isEqualTo(texts));
        List<ShardId> children = new ArrayList<>(put.keySet());
        children.removeAll(parents);
        assertThat(children).hasSize(3);
        assertThat(first(journal, children.get(0))).isGreaterThan(end(journal, parents.get(0)));
        assertThat(first(journal, children.get(1))).isGreaterThan(end(journal, parents.get(0)));
        assertThat(first(journal, children.get(2)))
                .isGreaterThan(end(journal, children.get(1)))
                .isGreaterThan(end(journal, parents.get(1)));
    }

    @Test
    void tellsTheHandlerOfEachCheckpointAndStartsAtTheLastOne() {
        StreamName stream = createStream(2);
        putEverywhere(stream, "first", 3);
        Journal journal = new Journal();
        StreamConsumer consumer = start("hooks", "one", stream, journal);
        until(() -> journal.texts().size() >= total());
        consumer.close();
        Journal again = new Journal();
        start("hooks", "one", stream, again);
        until(() -> again.starts().size() == 2);

        for (ShardStart start : again.starts()) {
            List<String> hooks = journal.hooks(start.shard());
            assertThat(hooks).hasSizeGreaterThan(2);
            for (int i = 1; i < hooks.size(); i += 2) {
                assertThat(hooks.get(i)).startsWith("before ");
                assertThat(hooks.get(i + 1)).isEqualTo(hooks.get(i).replace("before", "after"));
            }
            assertThat(hooks.getLast()).isEqualTo("after " + start.checkpoint());
            assertThat(start.parents()).isEmpty();
        }
        assertThat(journal.starts()).extracting(ShardStart::checkpoint).containsOnlyNulls();
        assertThat(again.starts())
                .extracting(ShardStart::range)
                .containsExactlyInAnyOrder(eighths(0, 3), eighths(4, 7));
    }

    @Test
    void readsOnButChecksNothingOffWhileCheckpointsCannotBePrepared() {
        StreamName stream = createStream(1);
        putEverywhere(stream, "first", 2);
        Journal journal = new Journal().refusingCheckpoints();
        StreamConsumer consumer = start("unprepared", "one", stream, journal);
        until(() -> journal.texts().size() >= total());
        putEverywhere(stream, "second", 2);
        until(() -> journal.texts().size() >= total());
        assertThat(journal.texts()).doesNotHaveDuplicates();
        kill(consumer);

        Journal again = new Journal();
        start("unprepared", "two", stream, again);
        until(() -> again.texts().size() >= total());
        assertThat(again.starts().getFirst().checkpoint()).isNull();
        put.forEach((shard, texts) -> assertThat(again.of(shard)).isEqualTo(texts));
    }

    @Test
    void tellsChildrenTheirParentsAndTheirRange() {
        StreamName stream = createStream(2);
        putEverywhere(stream, "before", 2);
        List<ShardId> parents = List.copyOf(put.keySet());
        Journal journal = new Journal();
        start("family", "one", stream, journal);
        until(() -> journal.texts().size() >= total());
        split(stream, parents.getFirst());
        putEverywhere(stream, "split", 2);
        List<ShardId> open = List.copyOf(put.keySet());
        merge(stream, open.getLast(), parents.getLast());
        putEverywhere(stream, "merged", 2);
        until(() -> journal.texts().size() >= total());

        List<ShardStart> children = journal.starts().stream().skip(2).toList();
        assertThat(children).extracting(ShardStart::checkpoint).containsOnlyNulls();
        ShardId merged = List.copyOf(put.keySet()).getLast();
        for (ShardStart child : children) {
            boolean isMerged = child.shard().equals(merged);
            assertThat(child.parents())
                    .containsExactlyInAnyOrderElementsOf(
                            isMerged
                                    ? List.of(open.getLast(), parents.getLast())
                                    : List.of(parents.getFirst()));
            int opened = hook(journal, child.shard(), "open");
            for (ShardId parent : child.parents()) {
                assertThat(hook(journal, parent, "before end")).isBetween(0, opened - 1);
            }
        }
        assertThat(children)
                .extracting(ShardStart::range)
                .containsExactlyInAnyOrder(eighths(0, 1), eighths(2, 3), eighths(2, 7));
    }

    @Test
    void sharesTheShardsBetweenWorkers() {
        StreamName stream = createStream(4);
        Journal one = new Journal();
        Journal two = new Journal();
        start("shares", "one", stream, one);
        start("shares", "two", stream, two);
        until(
                () -> {
                    putEverywhere(stream, "round", 1);
                    return !one.texts().isEmpty() && !two.texts().isEmpty();
                });

        List<String> all = put.values().stream().flatMap(List::stream).toList();
        until(
                () -> {
                    List<String> read = new ArrayList<>(one.texts());
                    read.addAll(two.texts());
                    return read.containsAll(all);
                });
        inOrder(one);
        inOrder(two);
    }

    /// Starts a consumer that is closed after the test.
    protected final StreamConsumer start(
            String application, String worker, StreamName stream, ShardHandlerFactory handlers) {
        StreamConsumer consumer = consumer(stream + "-" + application, worker, stream, handlers);
        started.add(consumer);
        consumer.start();
        return consumer;
    }

    /// Puts a record anywhere.
    protected final ShardId put(StreamName stream, String text) {
        return put(stream, HashKey.MIN, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Polls until this is true.
    ///
    /// @throws AssertionError if it does not come true within a minute
    protected static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come true within " + DEADLINE);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /// Puts so many records into every eighth of the hash space, and notes which shard took them.
    private void putEverywhere(StreamName stream, String name, int count) {
        IntStream.range(0, count)
                .forEach(i -> IntStream.range(0, 8).forEach(e -> putInEighth(stream, name, e)));
    }

    private void putInEighth(StreamName stream, String name, int eighth) {
        String text = name + "-" + UUID.randomUUID();
        HashKey key = new HashKey(((long) eighth << 61) + 1, 0);
        ShardId shard = put(stream, key, text.getBytes(StandardCharsets.UTF_8));
        put.computeIfAbsent(shard, s -> new ArrayList<>()).add(text);
    }

    /// A lease that moves may repeat records, but never turns them around.
    private void inOrder(Journal journal) {
        put.forEach(
                (shard, texts) -> {
                    List<String> read = journal.of(shard).stream().distinct().toList();
                    assertThat(read).isEqualTo(texts.stream().filter(read::contains).toList());
                });
    }

    private static HashRange eighths(int first, int last) {
        return new HashRange(
                new HashKey((long) first << 61, 0), new HashKey(((last + 1L) << 61) - 1, -1));
    }

    private static int hook(Journal journal, ShardId shard, String text) {
        return journal.hooks().indexOf(new Journal.Entry(shard, text));
    }

    private int total() {
        return put.values().stream().mapToInt(List::size).sum();
    }

    private void awaitTick(Journal journal) {
        put.keySet()
                .forEach(
                        shard -> {
                            int before = journal.ticks(shard);
                            until(() -> journal.ticks(shard) > before);
                        });
    }

    private static int first(Journal journal, ShardId shard) {
        List<ShardId> shards = journal.entries().stream().map(Journal.Entry::shard).toList();
        return shards.indexOf(shard);
    }

    private static int end(Journal journal, ShardId shard) {
        return journal.entries().indexOf(new Journal.Entry(shard, "drained"));
    }
}
