package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.kinesis.FaultAction;
import dev.sluice.local.kinesis.FaultRule;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.Journal;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamConsumer;
import dev.sluice.runtime.stream.StreamConsumerKit;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// The consumer against Kinesis and DynamoDB as they run on this machine.
class KclConsumerIT extends StreamConsumerKit {

    @TempDir private static Path folder;
    private static LocalCloud cloud;

    private final Map<StreamConsumer, AtomicBoolean> wires = new HashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void startCloud() {
        cloud = new LocalCloud(folder);
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @AfterEach
    void clearFaults() {
        cloud.faults().clear();
    }

    @Override
    protected StreamName createStream(int shards) {
        return cloud.createStream(shards);
    }

    @Override
    protected ShardId put(StreamName stream, HashKey key, byte[] data) {
        return cloud.put(stream, key, data);
    }

    @Override
    protected void split(StreamName stream, ShardId parent) {
        cloud.split(stream, parent);
    }

    @Override
    protected void merge(StreamName stream, ShardId lower, ShardId upper) {
        cloud.merge(stream, lower, upper);
    }

    @Override
    protected StreamConsumer consumer(
            String application, String worker, StreamName stream, ShardHandlerFactory handlers) {
        AtomicBoolean cut = new AtomicBoolean();
        StreamConsumer consumer =
                new KclConsumer(
                        new KclConsumerConfig(application, stream, worker, tuning()),
                        cloud.clients(cut),
                        handlers,
                        meters,
                        InstantSource.system());
        wires.put(consumer, cut);
        return consumer;
    }

    /// Cuts it off from everything: it cannot renew, read or write any more.
    @Override
    protected void kill(StreamConsumer consumer) {
        Objects.requireNonNull(wires.get(consumer)).set(true);
    }

    @Test
    void losesNothingWhenALeaseIsStolenInTheMiddleOfABatch() throws Exception {
        StreamName stream = createStream(1);
        put(stream, "in the middle");
        Journal journal = new Journal();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start("stolen", "one", stream, Handlers.pausing(journal, inside, goOn));
        inside.await();
        put(stream, "after");
        new LeaseThief(cloud, stream + "-stolen").steal();
        goOn.countDown();

        until(() -> journal.texts().stream().filter("in the middle"::equals).count() == 2);
        until(() -> journal.texts().getLast().equals("after"));
        assertThat(journal.entries())
                .extracting(Journal.Entry::text)
                .containsExactly("in the middle", "abandoned", "in the middle", "after");
        assertThat(
                        meters.get("sluice.consumer.checkpoints")
                                .tag("outcome", "lease_lost")
                                .counter()
                                .count())
                .isPositive();
    }

    @Test
    void readsTheFirstRecordOfANewApplicationWithinSeconds() {
        StreamName stream = createStream(2);
        put(stream, "first");
        Journal journal = new Journal();
        long start = System.nanoTime();
        start("fresh", "one", stream, journal);
        until(() -> !journal.texts().isEmpty());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void letsAFailingBatchGoWhenItsLeaseIsStolen() throws Exception {
        StreamName stream = createStream(1);
        put(stream, "refused");
        Journal journal = new Journal().failing(Integer.MAX_VALUE);
        StreamConsumer consumer = start("failing", "one", stream, journal);
        until(() -> meters.find("sluice.consumer.retries").counter() != null);
        new LeaseThief(cloud, stream + "-failing").steal();

        until(() -> journal.entries().stream().anyMatch(e -> e.text().equals("abandoned")));
        journal.failing(0);
        until(() -> journal.texts().contains("refused"));
        assertThat(consumer.health().up()).isTrue();
    }

    @Test
    void saysThatTheStreamIsMissingAndReadsWhenItIsThere() {
        StreamName stream = new StreamName("late-" + UUID.randomUUID());
        Journal journal = new Journal();
        StreamConsumer consumer = start("late", "one", stream, journal);
        until(() -> consumer.health().why().contains(stream + " does not exist"));

        cloud.createStream(stream, 1);
        put(stream, "first");
        until(() -> journal.texts().contains("first"));
        assertThat(consumer.health().up()).isTrue();
    }

    @Test
    void stopsWhileItCannotStart() {
        StreamName stream = new StreamName("never-" + UUID.randomUUID());
        StreamConsumer consumer = start("never", "one", stream, new Journal());
        until(() -> consumer.health().why().contains("does not exist"));
        consumer.close();

        assertThat(consumer.health().why()).contains("stopped");
    }

    @Test
    void readsOnAfterThrottledAndFailedReads() {
        StreamName stream = createStream(2);
        Journal journal = new Journal();
        start("faulty", "one", stream, journal);
        FaultRule reads = FaultRule.always(new FaultAction.Throttle()).onOperation("GetRecords");
        cloud.faults().add(reads.onStream(stream.value()).times(5));
        cloud.faults()
                .add(
                        FaultRule.always(new FaultAction.Fail(500, "InternalFailure"))
                                .onOperation("GetRecords")
                                .onStream(stream.value())
                                .times(20));
        IntStream.range(0, 50).forEach(i -> put(stream, "record-" + i));

        until(() -> journal.texts().size() >= 50);
        assertThat(journal.texts()).doesNotHaveDuplicates().hasSize(50);
        assertThat(cloud.faults().strikes()).allMatch(s -> s.struck() > 0);
    }

    @Test
    void stopsHardWhenAHandlerHangs() throws Exception {
        StreamName stream = createStream(1);
        put(stream, "hangs");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Journal journal = new Journal();
        StreamConsumer consumer =
                start("hangs", "one", stream, Handlers.pausing(journal, inside, never));
        inside.await();
        long start = System.nanoTime();
        consumer.close();

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took).isBetween(tuning().shutdownTimeout(), Duration.ofSeconds(20));
        assertThat(journal.texts()).isEmpty();
        Journal again = new Journal();
        start("hangs", "two", stream, again);
        until(() -> again.texts().contains("hangs"));
    }

    @Test
    void showsTheIteratorAgeWhileItRuns() {
        StreamName stream = createStream(1);
        put(stream, "one");
        Journal journal = new Journal();
        StreamConsumer consumer = start("measured", "one", stream, journal);
        until(() -> !journal.texts().isEmpty());
        String age = "sluice.consumer.iterator.age";
        assertThat(meters.find(age).tag("stream", stream.value()).gauge()).isNotNull();

        consumer.close();
        assertThat(meters.find(age).gauge()).isNull();
    }

    /// As on one machine, but every acknowledgement is checkpointed.
    static KclTuning tuning() {
        KclTuning local = KclTuning.LOCAL;
        return new KclTuning(
                local.failoverTime(),
                local.idleBetweenReads(),
                local.maxRecordsPerRead(),
                Duration.ZERO,
                Duration.ofSeconds(3),
                local.stuckAfter(),
                local.dispatchInterval(),
                local.parentPollInterval(),
                local.leasesToStealAtOnce(),
                local.seedLeases(),
                local.metricsLevel());
    }
}
