package dev.sluice.runtime.publish;

import static dev.sluice.runtime.publish.Fixtures.STREAM;
import static dev.sluice.runtime.publish.Fixtures.keyOf;
import static dev.sluice.runtime.publish.Fixtures.lines;
import static dev.sluice.runtime.publish.Fixtures.numbered;
import static dev.sluice.runtime.publish.Fixtures.numbersByKey;
import static dev.sluice.runtime.publish.Fixtures.records;
import static dev.sluice.runtime.publish.Fixtures.shardOf;
import static dev.sluice.runtime.publish.Fixtures.stored;
import static dev.sluice.runtime.publish.Fixtures.storedIn;
import static dev.sluice.runtime.publish.Fixtures.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.MemoryShard;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

class StreamPublisherTest {

    private static final String THROTTLED = "ProvisionedThroughputExceededException";
    private static final PublisherConfig CONFIG = PublisherConfig.defaults();

    private final MemoryStreams streams = new MemoryStreams();
    private final RecordingClient client = new RecordingClient(streams);
    private final ManualTiming timing = new ManualTiming(1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private StreamPublisher<String> publisher(RecordEncoder<String> encoder) {
        return new StreamPublisher<>(client, STREAM, encoder, CONFIG, meters, timing);
    }

    @Test
    void storesEachValueOnTheShardOfItsKey() {
        streams.create(STREAM, 4);
        publisher(lines(10)).publish(numbered(50, 0, 1));
        for (MemoryShard shard : streams.shards(STREAM)) {
            assertThat(storedIn(streams, shard.id()))
                    .isNotEmpty()
                    .allSatisfy(
                            value ->
                                    assertThat(shard.range().contains(HashKey.of(keyOf(value))))
                                            .isTrue());
        }
        assertThat(stored(streams)).hasSize(50);
    }

    @Test
    void sendsNothingForNothing() {
        publisher(lines(10)).publish(List.of());
        assertThat(client.puts()).isEmpty();
        assertThat(client.listings()).isZero();
    }

    @Test
    void listsTheShardsOnce() {
        streams.create(STREAM, 4);
        StreamPublisher<String> publisher = publisher(lines(10));
        publisher.publish(numbered(50, 0, 1));
        publisher.publish(numbered(50, 1, 2));
        assertThat(client.listings()).isEqualTo(1);
    }

    @Test
    void sendsAtMostOneRecordOfAShardInACall() {
        streams.create(STREAM, 3);
        publisher(lines(2)).publish(numbered(20, 0, 3));
        assertThat(client.puts())
                .allSatisfy(
                        put ->
                                assertThat(put.stream().map(OutgoingRecord::explicitHashKey))
                                        .doesNotHaveDuplicates());
        assertThat(stored(streams)).hasSize(60);
    }

    @Test
    void resendsOnlyWhatFailed() {
        streams.create(STREAM, 4);
        ShardId throttled = shardOf(streams, "k0");
        streams.faults().failNextRecordsOf(throttled, 2, THROTTLED);
        publisher(lines(100)).publish(numbered(50, 0, 1));
        assertThat(client.puts().stream().map(List::size)).containsExactly(4, 1, 1);
        assertThat(client.puts().get(1).getFirst().data())
                .isEqualTo(streams.records(STREAM, throttled).getFirst().data());
        assertThat(stored(streams)).hasSize(50).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void keepsTheOrderOfEachKeyUnderPartialFailures(long seed) {
        Random random = new Random(seed);
        streams.create(STREAM, 1 + random.nextInt(5));
        streams.faults().failRandomly(random, 0.4, "InternalFailure");
        StreamPublisher<String> publisher = publisher(lines(1 + random.nextInt(4)));
        for (int batch = 0; batch < 10; batch++) {
            publisher.publish(numbered(8, batch * 5, batch * 5 + 5));
        }
        assertThat(numbersByKey(streams))
                .hasSize(8)
                .allSatisfy((key, numbers) -> assertThat(numbers).isEqualTo(upTo(50)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void losesNothingAndKeepsOrderWhileShardsSplitAndMerge(long seed) {
        Random random = new Random(seed);
        streams.create(STREAM, 3);
        for (int call = 2; call < 60; call += 1 + random.nextInt(6)) {
            client.beforePut(call, () -> reshard(random));
        }
        streams.faults().failRandomly(random, 0.2, THROTTLED);
        StreamPublisher<String> publisher = publisher(lines(2));
        for (int batch = 0; batch < 10; batch++) {
            publisher.publish(numbered(8, batch * 5, batch * 5 + 5));
        }
        assertThat(firstNumbersByKey())
                .hasSize(8)
                .allSatisfy(numbers -> assertThat(numbers).isEqualTo(upTo(50)));
    }

    /// One lane is far behind the other when their shards merge.
    @Test
    void keepsTheOrderOfAllValuesOfAShardThatWasMerged() {
        streams.create(STREAM, 2);
        ShardId slow = new ShardId("shardId-000000000000");
        ShardId fast = new ShardId("shardId-000000000001");
        streams.faults().failNextRecordsOf(slow, 1000, THROTTLED);
        client.beforePut(
                4,
                () -> {
                    streams.merge(STREAM, slow, fast);
                    timing.advance(Duration.ofSeconds(1));
                });
        publisher(lines(2)).publish(numbered(20, 0, 3));

        ShardId merged = streams.shards(STREAM).getLast().id();
        List<String> before = storedIn(streams, fast);
        List<String> sentByTheNewMap =
                streams.records(STREAM, merged).stream()
                        .skip(2)
                        .flatMap(record -> Fixtures.decode(record.data()).stream())
                        .toList();
        List<String> inOrder = numbered(20, 0, 3).stream().map(Keyed::value).toList();
        assertThat(before).as("the fast lane was ahead").isNotEmpty();
        assertThat(sentByTheNewMap)
                .hasSizeGreaterThan(before.size())
                .isSortedAccordingTo(Comparator.comparingInt(inOrder::indexOf));
        assertThat(new HashSet<>(stored(streams))).containsExactlyInAnyOrderElementsOf(inOrder);
    }

    @Test
    void sendsToTheChildrenOnceAnAnswerNamesOne() {
        streams.create(STREAM, 1);
        ShardId parent = new ShardId("shardId-000000000000");
        StreamPublisher<String> publisher = publisher(lines(10));
        publisher.publish(numbered(40, 0, 1));
        streams.split(STREAM, parent);
        timing.advance(Duration.ofSeconds(1));
        publisher.publish(numbered(40, 1, 2));
        assertThat(client.listings()).isEqualTo(2);
        publisher.publish(numbered(40, 2, 3));
        assertThat(client.listings()).isEqualTo(2);
        for (Keyed<String> keyed : numbered(40, 2, 3)) {
            ShardId child = shardOf(streams, keyOf(keyed.value()));
            assertThat(storedIn(streams, child)).contains(keyed.value());
        }
    }

    @Test
    void listsAgainNowAndThenWhilePutsFail() {
        streams.create(STREAM, 1);
        streams.faults().failNextRecords(1000, THROTTLED);
        assertThatThrownBy(() -> publisher(lines(10)).publish(numbered(1, 0, 1)))
                .isInstanceOf(TransientFailure.class);
        assertThat(client.listings()).isBetween(2, 3);
    }

    @Test
    void losesNothingWhenAnAnswerIsLostButStoresACopy() {
        streams.create(STREAM, 2);
        streams.faults().loseNextAnswer();
        publisher(lines(10)).publish(numbered(4, 0, 1));
        assertThat(new HashSet<>(stored(streams))).hasSize(4);
        assertThat(stored(streams)).hasSize(8);
    }

    @Test
    void namesStreamShardAndLastErrorWhenTheDeadlinePasses() {
        streams.create(STREAM, 2);
        ShardId shard = shardOf(streams, "k0");
        streams.faults().failNextRecordsOf(shard, 1000, THROTTLED);
        assertThatThrownBy(() -> publisher(lines(10)).publish(numbered(20, 0, 1)))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("stream raw, shard " + shard)
                .hasMessageContaining(THROTTLED)
                .hasMessageContaining("of 20 values")
                .hasMessageContaining(CONFIG.deadline().toString())
                .hasMessageNotContaining("k0");
        assertThat(Duration.ofNanos(timing.nanos())).isEqualTo(CONFIG.deadline());
    }

    @Test
    void pausesLongerAfterEachFailureUpToTheLongest() {
        streams.create(STREAM, 1);
        streams.faults().failNextRecords(9, THROTTLED);
        publisher(lines(10)).publish(numbered(1, 0, 1));
        List<Duration> pauses = timing.pauses();
        assertThat(pauses).hasSize(9);
        Duration full = CONFIG.backoffMin();
        for (Duration pause : pauses) {
            assertThat(pause).isBetween(full.dividedBy(2), full);
            full = min(full.multipliedBy(2), CONFIG.backoffMax());
        }
    }

    @Test
    void goesOnWithOtherShardsWhileOneRests() {
        streams.create(STREAM, 2);
        streams.faults().failNextRecordsOf(shardOf(streams, "k0"), 1, THROTTLED);
        publisher(lines(1)).publish(numbered(10, 0, 1));
        int resting = streams.records(STREAM, shardOf(streams, "k0")).size();
        assertThat(client.puts()).hasSizeLessThanOrEqualTo(11);
        assertThat(resting).isPositive();
        assertThat(timing.pauses()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void throwsAtOnceWhenTheStreamDoesNotExist() {
        assertThatThrownBy(() -> publisher(lines(10)).publish(numbered(1, 0, 1)))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("stream raw");
        assertThat(timing.pauses()).isEmpty();
    }

    @Test
    void findsAStreamThatWasMadeAnew() {
        streams.create(STREAM, 2);
        StreamPublisher<String> publisher = publisher(lines(100));
        publisher.publish(numbered(10, 0, 1));
        streams.delete(STREAM);
        assertThatThrownBy(() -> publisher.publish(numbered(10, 1, 2)))
                .isInstanceOf(SetupFailure.class);
        streams.create(STREAM, 5);
        timing.advance(Duration.ofSeconds(1));
        publisher.publish(numbered(50, 2, 3));
        publisher.publish(numbered(50, 3, 4));
        assertThat(client.puts().getLast()).hasSize(5);
    }

    @Test
    void waitsUntilTheShardsCanBeListed() {
        streams.create(STREAM, 2);
        streams.faults().throwOnNextListing(new TransientFailure("stream raw: timeout"));
        streams.faults().throwOnNextListing(new TransientFailure("stream raw: timeout"));
        publisher(lines(10)).publish(numbered(4, 0, 1));
        assertThat(stored(streams)).hasSize(4);
        assertThat(timing.pauses()).hasSize(2);
    }

    @Test
    void saysWhyWhenTheShardsCannotBeListedBeforeTheDeadline() {
        streams.create(STREAM, 2);
        for (int i = 0; i < 100; i++) {
            streams.faults().throwOnNextListing(new TransientFailure("connection refused"));
        }
        assertThatThrownBy(() -> publisher(lines(10)).publish(numbered(4, 0, 1)))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("stream raw")
                .hasMessageContaining("connection refused");
    }

    @Test
    void keepsCallsWithinTheLimitsOfTheService() {
        streams.create(STREAM, 600);
        publisher(lines(10)).publish(numbered(5000, 0, 1));
        assertThat(stored(streams)).hasSize(5000).doesNotHaveDuplicates();
        assertThat(client.puts()).allSatisfy(put -> assertThat(put.size()).isLessThan(501));
    }

    @Test
    void keepsCallsWithinTheBytesOfTheService() {
        streams.create(STREAM, 8);
        Set<Long> sizes = new HashSet<>();
        publisher(values -> List.of(new byte[900_000])).publish(numbered(100, 0, 1));
        for (List<OutgoingRecord> put : client.puts()) {
            sizes.add(put.stream().mapToLong(record -> record.data().length).sum());
        }
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(5 << 20));
        assertThat(streams.records(STREAM)).hasSize(8);
    }

    @Test
    void tellsOfValuesThatCannotBeEncoded() {
        streams.create(STREAM, 1);
        RecordEncoder<String> refusing =
                values -> {
                    throw new IllegalArgumentException("too large");
                };
        assertThatThrownBy(() -> publisher(refusing).publish(numbered(3, 0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("too large");
        assertThat(streams.records(STREAM)).isEmpty();
    }

    @Test
    void refusesAnEncoderThatMakesNothing() {
        streams.create(STREAM, 1);
        assertThatThrownBy(() -> publisher(values -> List.of()).publish(numbered(3, 0, 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        streams.create(STREAM, 1);
        streams.faults().failNextRecords(1000, THROTTLED);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> publisher(lines(10)).publish(numbered(1, 0, 1)))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            boolean cleared = Thread.interrupted();
            assertThat(cleared).isTrue();
        }
    }

    @Test
    void countsWhatIsStoredAndWhatFailed() {
        streams.create(STREAM, 1);
        streams.faults().failNextRecords(2, THROTTLED);
        publisher(lines(1)).publish(List.of(value("a", 1), value("a", 2)));
        assertThat(
                        meters.counter("sluice.put.records", "stream", "raw", "outcome", "stored")
                                .count())
                .isEqualTo(2);
        assertThat(
                        meters.counter("sluice.put.records", "stream", "raw", "outcome", "failed")
                                .count())
                .isEqualTo(2);
        assertThat(meters.counter("sluice.put.bytes", "stream", "raw").count())
                .isEqualTo(records(streams).stream().mapToInt(r -> r.getFirst().length()).sum());
        assertThat(meters.timer("sluice.put.calls", "stream", "raw").count()).isEqualTo(4);
    }

    @Test
    void isUnhealthyWhenNothingWasStoredForADeadlineAndWellAgainAfterwards() {
        streams.create(STREAM, 1);
        streams.faults().failNextRecords(1000, THROTTLED);
        StreamPublisher<String> publisher = publisher(lines(10));
        assertThat(publisher.health().up()).isTrue();
        assertThatThrownBy(() -> publisher.publish(numbered(1, 0, 1)))
                .isInstanceOf(TransientFailure.class);
        assertThat(publisher.health().up()).isFalse();
        assertThat(publisher.health().why()).contains("stream raw").contains(THROTTLED);
        streams.faults().heal();
        publisher.publish(numbered(1, 1, 2));
        assertThat(publisher.health().up()).isTrue();
    }

    private void reshard(Random random) {
        List<OpenShard> open = streams.openShards(STREAM);
        int chosen = random.nextInt(open.size());
        if (open.size() > 4 || (open.size() > 1 && random.nextBoolean())) {
            int first = Math.min(chosen, open.size() - 2);
            streams.merge(STREAM, open.get(first).id(), open.get(first + 1).id());
        } else {
            streams.split(STREAM, open.get(chosen).id());
        }
    }

    /// The numbers of each key as a reader that drops repeated values sees them.
    private List<List<Integer>> firstNumbersByKey() {
        return numbersByKey(streams).values().stream()
                .map(numbers -> numbers.stream().distinct().toList())
                .toList();
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
