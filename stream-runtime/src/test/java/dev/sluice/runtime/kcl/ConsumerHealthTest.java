package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.health.HealthReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import software.amazon.kinesis.exceptions.ThrottlingException;

import java.time.Duration;
import java.util.Locale;

@Timeout(20)
class ConsumerHealthTest {

    private static final Duration STUCK = KclTuning.DEFAULT.stuckAfter().plusSeconds(1);

    @Test
    void isUpWithTheIteratorAgeOfEachShard() {
        ShardBench bench = opened();
        bench.deliver("1");

        HealthReport report = bench.status.health(true);
        assertThat(report.up()).isTrue();
        assertThat(report.details())
                .containsEntry("stream", "orders")
                .containsEntry("iteratorAge", "PT1.5S")
                .hasEntrySatisfying(ShardBench.SHARD, d -> assertThat(d).contains("PT1.5S"));
    }

    @Test
    void isDownWithTheReasonWhenSomebodyMustAct() throws InterruptedException {
        ShardBench bench = opened();
        Thread delivery = failing(bench, new SetupFailure("bucket curated does not exist"));

        HealthReport report = bench.status.health(true);
        assertThat(report.up()).isFalse();
        assertThat(report.why()).contains("orders", ShardBench.SHARD, "bucket curated");
        bench.handler.work();
        assertThat(delivery.join(Duration.ofSeconds(5))).isTrue();
        assertThat(bench.status.health(true).up()).isTrue();
    }

    @Test
    void keepsTheMessageOfAnUnknownExceptionToItself() throws InterruptedException {
        ShardBench bench = opened();
        Thread delivery = failing(bench, new IllegalStateException("jane@example.org"));

        String why = bench.status.health(true).why();
        assertThat(why).contains("IllegalStateException").doesNotContain("jane");
        bench.stop.request(Duration.ZERO);
        assertThat(delivery.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void isUpDuringAFailureThatPassesAndDownWhenItDoesNot() throws InterruptedException {
        ShardBench bench = opened();
        Thread delivery = failing(bench, new TransientFailure("bucket curated throttles"));

        assertThat(bench.status.health(true).up()).isTrue();
        bench.pass(STUCK);
        assertThat(bench.status.health(true).why()).contains("61 s", "bucket curated throttles");
        bench.stop.request(Duration.ZERO);
        assertThat(delivery.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void growsTheIteratorAgeWhileABatchIsNotDone() throws InterruptedException {
        ShardBench bench = opened();
        Thread delivery = failing(bench, new TransientFailure("bucket curated throttles"));
        bench.pass(Duration.ofSeconds(30));

        assertThat(bench.status.iteratorAge()).isEqualTo(Duration.ofMillis(31_500));
        bench.stop.request(Duration.ZERO);
        assertThat(delivery.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void tellsAStuckShardFromAnIdleOne() {
        ShardBench bench = opened();
        bench.pass(STUCK);
        bench.deliver();
        assertThat(bench.status.health(true).up()).isTrue();

        bench.pass(STUCK);
        assertThat(bench.status.health(true).why()).contains(ShardBench.SHARD, "no batch done");
    }

    @Test
    void isDownWhenCheckpointsStayAway() {
        ShardBench bench = opened();
        refuseACheckpoint(bench, "1");
        bench.pass(STUCK);
        refuseACheckpoint(bench, "2");
        assertThat(bench.status.health(true).why()).contains(ShardBench.SHARD, "no checkpoint");

        bench.deliver();
        assertThat(bench.log.effects()).endsWith("checkpoint 2");
        assertThat(bench.status.health(true).up()).isTrue();
    }

    @Test
    void isDownWhenItsSchedulerThreadDied() {
        assertThat(opened().status.health(false).why()).contains("reader", "scheduler thread");
    }

    @Test
    void isDownBeforeTheStartAndAfterTheStop() {
        ConsumerStatus status = new ConsumerStatus(ShardBench.CONFIG, ShardBench.FIXED);
        assertThat(status.health(false).why()).contains("not started");
        status.stopped();
        assertThat(status.health(false).why()).contains("stopped");
    }

    @Test
    void isDownWithTheReasonWhenItCannotStart() {
        ConsumerStatus status = new ConsumerStatus(ShardBench.CONFIG, ShardBench.FIXED);
        status.starting();
        assertThat(status.health(true).up()).isTrue();

        status.startFailed(Failure.of(new SetupFailure("stream orders does not exist")));
        assertThat(status.health(true).why()).contains("stream orders does not exist");
    }

    private static void refuseACheckpoint(ShardBench bench, String sequence) {
        for (int attempt = 0; attempt < 3; attempt++) {
            bench.checkpointer.failNext(new ThrottlingException("slow down"));
        }
        bench.deliver(sequence);
    }

    private static ShardBench opened() {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        return bench;
    }

    private static Thread failing(ShardBench bench, RuntimeException failure) {
        bench.handler.failAlways(failure);
        Thread delivery = Thread.ofPlatform().start(() -> bench.deliver("1"));
        Waiting.until(() -> bench.log.effects().contains("handle failed"));
        Waiting.until(() -> bench.count("sluice.consumer.retries", "failure", kind(failure)) > 0);
        return delivery;
    }

    private static String kind(RuntimeException failure) {
        return Failure.of(failure).kind().name().toLowerCase(Locale.ROOT);
    }
}
