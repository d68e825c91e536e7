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
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.stream.ShardId;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;

class GroupCommitPublisherTest {

    private static final String THROTTLED = "ProvisionedThroughputExceededException";
    private static final int VALUE_BYTES = 100;
    private static final GroupCommitConfig CONFIG =
            new GroupCommitConfig(
                    PublisherConfig.defaults(),
                    Duration.ZERO,
                    10 * VALUE_BYTES,
                    50 * VALUE_BYTES,
                    2,
                    Duration.ofSeconds(10));

    private final MemoryStreams streams = new MemoryStreams();
    private final RecordingClient client = new RecordingClient(streams);
    private final ManualTiming timing = new ManualTiming(1);

    private GroupCommitPublisher<String> publisher(GroupCommitConfig config) {
        return publisher(config, lines(100));
    }

    private GroupCommitPublisher<String> publisher(
            GroupCommitConfig config, RecordEncoder<String> encoder) {
        return new GroupCommitPublisher<>(
                client,
                STREAM,
                encoder,
                value -> VALUE_BYTES,
                config,
                new SimpleMeterRegistry(),
                timing);
    }

    private static GroupCommitConfig lingering(Duration linger) {
        return new GroupCommitConfig(
                CONFIG.sending(),
                linger,
                CONFIG.frameBytes(),
                CONFIG.maxBytesInFlight(),
                CONFIG.maxPutsInFlight(),
                CONFIG.closeTimeout());
    }

    /// A publisher that knows its shards.
    private GroupCommitPublisher<String> warm(GroupCommitConfig config) {
        GroupCommitPublisher<String> publisher = publisher(config);
        requireAccepted(publisher.submit(List.of(value("warm", 0))));
        timing.advance(Duration.ofMillis(100));
        return publisher;
    }

    private static void requireAccepted(Submission submission) {
        assertThat(submission).isInstanceOf(Submission.Accepted.class);
    }

    private static CompletableFuture<Void> accepted(Submission submission) {
        requireAccepted(submission);
        return ((Submission.Accepted) submission).stored();
    }

    @Test
    void completesOnlyWhenEveryValueIsStored() {
        streams.create(STREAM, 2);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        ShardId slow = shardOf(streams, "k0");
        streams.faults().failNextRecordsOf(slow, 1, THROTTLED);
        CompletableFuture<Void> stored = accepted(publisher.submit(numbered(10, 0, 1)));
        assertThat(stored).isNotDone();
        timing.runAll();
        assertThat(stored).isNotDone();
        assertThat(stored(streams)).isNotEmpty().doesNotContain("k0:0");
        timing.advance(CONFIG.sending().backoffMin());
        assertThat(stored).isCompleted();
        assertThat(stored(streams)).hasSize(11).doesNotHaveDuplicates();
        assertThat(publisher.bytesInFlight()).isZero();
    }

    @Test
    void completesANothingAtOnce() {
        assertThat(accepted(publisher(CONFIG).submit(List.of()))).isCompleted();
    }

    @Test
    void packsWhatArrivesDuringAPutIntoTheNextRecord() {
        streams.create(STREAM, 1);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiting.add(accepted(publisher.submit(List.of(value("k", i)))));
        }
        assertThat(timing.running()).isEqualTo(1);
        timing.runAll();
        assertThat(waiting).allSatisfy(stored -> assertThat(stored).isCompleted());
        assertThat(records(streams))
                .containsExactly(
                        List.of("warm:0"),
                        List.of("k:0"),
                        List.of("k:1", "k:2", "k:3", "k:4", "k:5", "k:6", "k:7"));
    }

    @Test
    void closesAFrameAtItsSize() {
        streams.create(STREAM, 1);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        requireAccepted(publisher.submit(numbered(1, 0, 25)));
        timing.runAll();
        assertThat(records(streams).stream().map(List::size)).containsExactly(1, 10, 10, 5);
    }

    @Test
    void sendsAtOnceAfterARest() {
        streams.create(STREAM, 4);
        GroupCommitPublisher<String> publisher = warm(lingering(Duration.ofMillis(20)));
        CompletableFuture<Void> first = accepted(publisher.submit(List.of(value("k", 0))));
        timing.runAll();
        assertThat(first).isCompleted();
    }

    @Test
    void letsShardsShareACallWithinTheLinger() {
        streams.create(STREAM, 4);
        Duration linger = Duration.ofMillis(20);
        GroupCommitPublisher<String> publisher = warm(lingering(linger));
        requireAccepted(publisher.submit(List.of(value("first", 0))));
        timing.runAll();
        int calls = client.puts().size();
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            timing.advance(linger.dividedBy(10));
            waiting.add(accepted(publisher.submit(List.of(value("k" + i, 0)))));
        }
        timing.advance(linger.dividedBy(5).minusNanos(1));
        assertThat(client.puts()).hasSize(calls);
        timing.advance(Duration.ofNanos(1));
        assertThat(client.puts()).hasSize(calls + 1);
        assertThat(waiting).allMatch(CompletableFuture::isDone);
    }

    @Test
    void hasNoMoreCallsUnderWayThanAllowed() {
        streams.create(STREAM, 10);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        for (int i = 0; i < 40; i++) {
            requireAccepted(publisher.submit(List.of(value("k" + i, 0))));
            assertThat(timing.running()).isLessThanOrEqualTo(CONFIG.maxPutsInFlight());
        }
        timing.runAll();
        assertThat(stored(streams)).hasSize(41).doesNotHaveDuplicates();
        assertThat(client.puts()).hasSizeLessThan(10);
    }

    @Test
    void refusesAtOnceWhenFullAndTakesAgainWhenThereIsRoom() {
        streams.create(STREAM, 1);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        CompletableFuture<Void> fits = accepted(publisher.submit(numbered(1, 0, 50)));
        assertThat(publisher.submit(List.of(value("k", 50))))
                .isEqualTo(new Submission.Full(50 * VALUE_BYTES, CONFIG.maxBytesInFlight()));
        timing.runAll();
        assertThat(fits).isCompleted();
        assertThat(publisher.bytesInFlight()).isZero();
        CompletableFuture<Void> again = accepted(publisher.submit(List.of(value("k", 50))));
        timing.runAll();
        assertThat(again).isCompleted();
        assertThat(stored(streams)).hasSize(52);
    }

    @Test
    void givesTheRoomOfFailedSubmissionsBack() {
        streams.create(STREAM, 1);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        streams.faults().failNextRecords(1_000_000, THROTTLED);
        CompletableFuture<Void> stuck = accepted(publisher.submit(numbered(1, 0, 50)));
        timing.advance(CONFIG.sending().deadline());
        assertThat(stuck).isCompletedExceptionally();
        assertThat(publisher.bytesInFlight()).isZero();
        streams.faults().heal();
        CompletableFuture<Void> again = accepted(publisher.submit(numbered(1, 50, 90)));
        timing.advance(CONFIG.sending().backoffMax());
        assertThat(again).isCompleted();
    }

    @Test
    void tellsEveryWaiterThatTheDeadlinePassed() {
        streams.create(STREAM, 1);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        streams.faults().failNextRecords(1_000_000, THROTTLED);
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(accepted(publisher.submit(List.of(value("k", i)))));
        }
        timing.advance(CONFIG.sending().deadline());
        assertThat(waiting)
                .allSatisfy(
                        stored ->
                                assertThatThrownBy(stored::join)
                                        .cause()
                                        .isInstanceOf(TransientFailure.class)
                                        .hasMessageContaining("stream raw, shard")
                                        .hasMessageContaining(THROTTLED));
        assertThat(publisher.health().up()).isFalse();
    }

    @Test
    void tellsAWaiterThatTheDeadlinePassedWhileItsCallHangs() {
        streams.create(STREAM, 1);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        CompletableFuture<Void> hanging = accepted(publisher.submit(List.of(value("k", 0))));
        AtomicBoolean toldMeanwhile = new AtomicBoolean();
        client.beforePut(
                2,
                () -> {
                    timing.advance(CONFIG.sending().deadline());
                    toldMeanwhile.set(hanging.isCompletedExceptionally());
                });
        timing.runAll();
        assertThat(toldMeanwhile).isTrue();
        CompletableFuture<Void> next = accepted(publisher.submit(List.of(value("k", 1))));
        timing.runAll();
        assertThat(next).isCompleted();
    }

    @Test
    void tellsEveryWaiterThatTheStreamIsGone() {
        streams.create(STREAM, 2);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        streams.delete(STREAM);
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(accepted(publisher.submit(List.of(value("k" + i, i)))));
        }
        timing.runAll();
        assertThat(waiting)
                .allSatisfy(
                        stored ->
                                assertThatThrownBy(stored::join)
                                        .cause()
                                        .isInstanceOf(SetupFailure.class)
                                        .hasMessageContaining("stream raw"));
        streams.create(STREAM, 3);
        timing.advance(Duration.ofSeconds(10));
        CompletableFuture<Void> again = accepted(publisher.submit(numbered(10, 0, 1)));
        timing.advance(Duration.ofSeconds(10));
        assertThat(again).isCompleted();
    }

    @Test
    void tellsWaitersWhenTheShardsCanNeverBeListed() {
        GroupCommitPublisher<String> publisher = publisher(CONFIG);
        CompletableFuture<Void> missing = accepted(publisher.submit(numbered(1, 0, 1)));
        timing.runAll();
        assertThatThrownBy(missing::join).cause().isInstanceOf(SetupFailure.class);
        streams.create(STREAM, 1);
        for (int i = 0; i < 1000; i++) {
            streams.faults().throwOnNextListing(new TransientFailure("connection refused"));
        }
        CompletableFuture<Void> late = accepted(publisher.submit(numbered(1, 0, 1)));
        timing.advance(CONFIG.sending().deadline());
        assertThatThrownBy(late::join)
                .cause()
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("connection refused");
        streams.faults().heal();
        CompletableFuture<Void> again = accepted(publisher.submit(numbered(1, 0, 1)));
        timing.advance(CONFIG.sending().backoffMax());
        assertThat(again).isCompleted();
    }

    @Test
    void failsOnlyTheSubmissionThatCannotBeEncoded() {
        streams.create(STREAM, 1);
        RecordEncoder<String> picky =
                values -> {
                    if (values.contains("bad:0")) {
                        throw new IllegalArgumentException("too large");
                    }
                    return lines(100).encode(values);
                };
        GroupCommitPublisher<String> publisher = publisher(CONFIG, picky);
        CompletableFuture<Void> before = accepted(publisher.submit(numbered(1, 0, 2)));
        CompletableFuture<Void> bad = accepted(publisher.submit(List.of(value("bad", 0))));
        CompletableFuture<Void> after = accepted(publisher.submit(numbered(1, 2, 4)));
        timing.runAll();
        assertThat(before).isCompleted();
        assertThat(after).isCompleted();
        assertThatThrownBy(bad::join).cause().hasMessage("too large");
        assertThat(stored(streams)).containsExactly("k0:0", "k0:1", "k0:2", "k0:3");
    }

    @Test
    void survivesAnErrorWhileSending() {
        streams.create(STREAM, 1);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        client.beforePut(
                2,
                () -> {
                    throw new OutOfMemoryError("of the test");
                });
        CompletableFuture<Void> hit = accepted(publisher.submit(numbered(1, 0, 1)));
        timing.runAll();
        assertThat(hit).isCompletedExceptionally();
        CompletableFuture<Void> next = accepted(publisher.submit(numbered(1, 1, 2)));
        timing.advance(Duration.ofSeconds(1));
        assertThat(next).isCompleted();
    }

    @Test
    void storesWhatItAcceptedBeforeItCloses() {
        streams.create(STREAM, 3);
        GroupCommitPublisher<String> publisher = warm(lingering(Duration.ofMillis(50)));
        requireAccepted(publisher.submit(List.of(value("first", 0))));
        CompletableFuture<Void> open = accepted(publisher.submit(numbered(20, 0, 1)));
        CompletableFuture<Void> flushed = publisher.flush();
        assertThat(publisher.submit(numbered(1, 1, 2))).isEqualTo(new Submission.Closing());
        timing.runAll();
        assertThat(open).isCompleted();
        assertThat(flushed).isCompleted();
        publisher.close();
        assertThat(stored(streams)).hasSize(22).doesNotHaveDuplicates();
    }

    @Test
    void failsWhatCannotBeStoredBeforeTheCloseTimeout() {
        streams.create(STREAM, 1);
        Duration timeout = Duration.ofSeconds(1);
        GroupCommitPublisher<String> publisher =
                warm(
                        new GroupCommitConfig(
                                CONFIG.sending(), Duration.ZERO, 1000, 5000, 2, timeout));
        streams.faults().failNextRecords(1_000_000, THROTTLED);
        CompletableFuture<Void> open = accepted(publisher.submit(numbered(1, 0, 1)));
        CompletableFuture<Void> flushed = publisher.flush();
        timing.advance(timeout.minusMillis(1));
        assertThat(flushed).isNotDone();
        timing.advance(Duration.ofMillis(1));
        assertThat(flushed).isCompleted();
        assertThatThrownBy(open::join)
                .cause()
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("closed")
                .hasMessageContaining(THROTTLED);
    }

    @Test
    void sendsNothingByTheOldMapOnceAnAnswerNamesAChild() {
        streams.create(STREAM, 1);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        streams.split(STREAM, new ShardId("shardId-000000000000"));
        requireAccepted(publisher.submit(List.of(value("k0", 0))));
        CompletableFuture<Void> rest = accepted(publisher.submit(numbered(40, 1, 2)));
        timing.runAll();
        assertThat(rest).isCompleted();
        for (Keyed<String> keyed : numbered(40, 1, 2)) {
            ShardId child = shardOf(streams, keyOf(keyed.value()));
            assertThat(storedIn(streams, child)).contains(keyed.value());
        }
    }

    @Test
    void followsANewMapOnlyWhenNoCallIsUnderWay() {
        streams.create(STREAM, 2);
        GroupCommitPublisher<String> publisher = warm(CONFIG);
        ShardId first = new ShardId("shardId-000000000000");
        List<Keyed<String>> values = numbered(40, 0, 1);
        Predicate<Keyed<String>> onFirst =
                keyed -> shardOf(streams, keyOf(keyed.value())).equals(first);
        List<Keyed<String>> split = values.stream().filter(onFirst).toList();
        List<Keyed<String>> other = values.stream().filter(onFirst.negate()).toList();
        requireAccepted(publisher.submit(other));
        requireAccepted(publisher.submit(split));
        assertThat(timing.running()).isEqualTo(2);
        streams.split(STREAM, first);
        timing.runLast();
        timing.runLast();
        assertThat(timing.running()).isEqualTo(1);
        timing.runAll();
        assertThat(stored(streams)).contains("warm:0").hasSize(41);
        assertThat(client.listings()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void losesNothingAndKeepsOrderWhateverHappens(long seed) {
        Random random = new Random(seed);
        streams.create(STREAM, 1 + random.nextInt(4));
        GroupCommitPublisher<String> publisher =
                publisher(lingering(Duration.ofMillis(random.nextInt(3))), lines(3));
        streams.faults().failRandomly(random, 0.2, THROTTLED);
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        int next = 0;
        while (next < 200) {
            switch (random.nextInt(20)) {
                case 0 -> reshard(random);
                case 1, 2 -> timing.advance(Duration.ofMillis(random.nextInt(60)));
                case 3, 4, 5, 6 -> {
                    Submission submission = publisher.submit(numbered(6, next, next + 2));
                    if (submission instanceof Submission.Accepted(var stored)) {
                        waiting.add(stored);
                        next += 2;
                    }
                }
                default -> timing.runAny();
            }
        }
        streams.faults().heal();
        timing.advance(Duration.ofSeconds(5));
        assertThat(waiting).allSatisfy(stored -> assertThat(stored).isCompleted());
        assertThat(numbersByKey(streams).values())
                .hasSize(6)
                .allSatisfy(
                        numbers ->
                                assertThat(numbers.stream().distinct())
                                        .containsExactlyElementsOf(
                                                IntStream.range(0, 200).boxed().toList()));
        assertThat(publisher.bytesInFlight()).isZero();
    }

    @Test
    void groupsTheValuesOfManyThreads() throws Exception {
        streams.create(STREAM, 2);
        int threads = 16;
        int each = 200;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                GroupCommitPublisher<String> publisher =
                        new GroupCommitPublisher<>(
                                streams,
                                STREAM,
                                lines(1000),
                                String::length,
                                GroupCommitConfig.defaults(),
                                new SimpleMeterRegistry())) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String key = "t" + thread;
                running.add(callers.submit(() -> submitInTurn(publisher, key, each)));
            }
            for (Future<?> caller : running) {
                caller.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(numbersByKey(streams).values())
                .hasSize(threads)
                .allSatisfy(
                        numbers ->
                                assertThat(numbers)
                                        .isEqualTo(IntStream.range(0, each).boxed().toList()));
    }

    private static void submitInTurn(
            GroupCommitPublisher<String> publisher, String key, int count) {
        for (int i = 0; i < count; i++) {
            if (publisher.submit(List.of(value(key, i)))
                    instanceof Submission.Accepted submission) {
                submission.await();
            }
        }
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
}
