package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.runtime.failure.OutcomeUnknown;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;

/// What a shard's handler is offered, and what becomes of it, told by the log of all effects.
@Timeout(20)
class ShardProcessorTest {

    @Test
    void checkpointsWhatTheHandlerAcknowledged() {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        bench.deliver("1", "2");
        bench.deliver("3");

        assertThat(bench.log.effects())
                .containsExactly("open", "handle 1,2", "checkpoint 2", "handle 3", "checkpoint 3");
    }

    @Test
    void checkpointsNothingThatIsStillHeld() {
        ShardBench bench = ShardBench.holding();
        bench.open();
        bench.deliver("1");
        bench.deliver("2");

        assertThat(bench.log.effects()).containsExactly("open", "handle 1", "handle 2");
    }

    @Test
    void givesIdleTicksToTheHandler() {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        bench.deliver();

        assertThat(bench.log.effects()).containsExactly("open", "handle ");
    }

    @Test
    void offersABatchAgainUntilItIsTaken() {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        bench.handler.failNext(
                new TransientFailure("bucket away"),
                new SetupFailure("no bucket"),
                new OutcomeUnknown("look at the ledger", new IOException()),
                new IllegalArgumentException("a bug"),
                new StackOverflowError());
        bench.deliver("1");
        bench.deliver("2");

        assertThat(bench.log.effects())
                .containsExactly(
                        "open",
                        "handle failed",
                        "handle failed",
                        "handle failed",
                        "handle failed",
                        "handle failed",
                        "handle 1",
                        "checkpoint 1",
                        "handle 2",
                        "checkpoint 2");
        assertThat(bench.count("sluice.consumer.retries", "failure", "transient")).isEqualTo(1);
        assertThat(bench.count("sluice.consumer.retries", "failure", "unexpected")).isEqualTo(2);
    }

    @Test
    void offersABatchAgainWhenTheHandlerAcknowledgesMoreThanItWasGiven() {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        bench.handler.answerWith("7");
        bench.stop.request(Duration.ZERO);
        bench.deliver("1");

        assertThat(bench.log.effects()).containsExactly("open", "handle 1");
    }

    @Test
    void triesToOpenUntilItWorks() {
        ShardBench bench = ShardBench.acknowledging();
        bench.openFailures.add(new TransientFailure("snapshot not readable"));
        bench.open();
        bench.deliver("1");

        assertThat(bench.log.effects())
                .containsExactly("open failed", "open", "handle 1", "checkpoint 1");
    }

    @Test
    void leavesAFailingBatchUnacknowledgedOnAStop() throws InterruptedException {
        ShardBench bench = ShardBench.holding();
        bench.open();
        bench.deliver("1");
        bench.handler.failAlways(new TransientFailure("bucket away"));
        Thread delivery = Thread.ofPlatform().start(() -> bench.deliver("2"));
        Waiting.until(() -> bench.log.effects().contains("handle failed"));
        bench.stop.request(Duration.ofSeconds(5));

        assertThat(delivery.join(Duration.ofSeconds(5))).isTrue();
        bench.handler.work();
        bench.log.clear();
        bench.deliver("3");
        bench.requestStop();
        assertThat(bench.log.effects()).containsExactly("drain", "checkpoint 1");
    }

    @Test
    void givesUpWhenTheLeaseIsLostDuringRetries() throws InterruptedException {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        bench.handler.failAlways(new TransientFailure("bucket away"));
        Thread delivery = Thread.ofPlatform().start(() -> bench.deliver("1"));
        Waiting.until(() -> bench.log.effects().contains("handle failed"));
        bench.leaseHeld.set(false);

        assertThat(delivery.join(Duration.ofSeconds(5))).isTrue();
        bench.log.clear();
        bench.loseLease();
        assertThat(bench.log.effects()).containsExactly("abandon");
    }

    @Test
    void givesUpWhenItsThreadIsInterrupted() throws InterruptedException {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        bench.handler.failAlways(new TransientFailure("bucket away"));
        Thread delivery = Thread.ofPlatform().start(() -> bench.deliver("1"));
        Waiting.until(() -> bench.log.effects().contains("handle failed"));
        delivery.interrupt();

        assertThat(delivery.join(Duration.ofSeconds(5))).isTrue();
        assertThat(bench.log.effects()).doesNotContain("handle 1");
    }

    @Test
    void abandonsAShardWhoseLeaseIsLost() {
        ShardBench bench = ShardBench.holding();
        bench.open();
        bench.deliver("1");
        bench.loseLease();
        bench.loseLease();

        assertThat(bench.log.effects()).containsExactly("open", "handle 1", "abandon");
        assertThat(bench.status.hasOpenShards()).isFalse();
    }

    @Test
    void bearsALostLeaseBeforeItWasOpened() {
        ShardBench bench = ShardBench.acknowledging();
        bench.loseLease();
        bench.requestStop();

        assertThat(bench.log.effects()).isEmpty();
    }

    @Test
    void opensNothingOnceAStopIsAskedFor() {
        ShardBench bench = ShardBench.acknowledging();
        bench.stop.request(Duration.ofSeconds(5));
        bench.open();
        bench.deliver("1");

        assertThat(bench.log.effects()).isEmpty();
        assertThat(bench.status.hasOpenShards()).isFalse();
    }

    @Test
    void drainsBeforeItMarksAShardAsFinished() {
        ShardBench bench = ShardBench.holding();
        bench.open();
        bench.deliver("1", "2");
        bench.endShard();
        bench.loseLease();

        assertThat(bench.log.effects())
                .containsExactly("open", "handle 1,2", "drain", "checkpoint SHARD_END");
    }

    @Test
    void keepsDrainingAFinishedShardUntilThatWorks() {
        ShardBench bench = ShardBench.holding();
        bench.open();
        bench.deliver("1");
        bench.handler.failNext(new TransientFailure("bucket away"), new SetupFailure("no table"));
        bench.endShard();

        assertThat(bench.log.effects())
                .containsExactly(
                        "open",
                        "handle 1",
                        "drain failed",
                        "drain failed",
                        "drain",
                        "checkpoint SHARD_END");
    }

    @Test
    void neverFinishesAShardWithABatchThatWasNotTaken() {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        bench.handler.failAlways(new TransientFailure("bucket away"));
        bench.stop.request(Duration.ofSeconds(5));
        bench.deliver("1");

        assertThatIllegalStateException().isThrownBy(bench::endShard);
        assertThat(bench.log.effects()).doesNotContain("checkpoint SHARD_END");
    }

    @Test
    void drainsAndCheckpointsOnAGracefulStop() {
        ShardBench bench = ShardBench.holding();
        bench.open();
        bench.deliver("1", "2");
        bench.stop.request(Duration.ofSeconds(5));
        bench.requestStop();
        bench.loseLease();

        assertThat(bench.log.effects())
                .containsExactly("open", "handle 1,2", "drain", "checkpoint 2");
        assertThat(bench.status.hasOpenShards()).isFalse();
    }

    @Test
    void keepsDrainingUntilTheStopExpires() {
        ShardBench bench = ShardBench.holding();
        bench.open();
        bench.deliver("1");
        bench.handler.failNext(new TransientFailure("away"), new TransientFailure("away"));
        bench.stop.request(Duration.ofSeconds(5));
        bench.requestStop();

        assertThat(bench.log.effects())
                .containsExactly(
                        "open",
                        "handle 1",
                        "drain failed",
                        "drain failed",
                        "drain",
                        "checkpoint 1");
    }

    @Test
    void abandonsWhatCouldNotBeDrainedInTime() {
        ShardBench bench = ShardBench.holding();
        bench.open();
        bench.deliver("1");
        bench.handler.failAlways(new TransientFailure("bucket away"));
        bench.stop.request(Duration.ofMillis(20));
        bench.requestStop();
        bench.loseLease();

        assertThat(bench.log.effects())
                .doesNotContain("drain", "checkpoint 1")
                .endsWith("drain failed", "abandon");
    }
}
