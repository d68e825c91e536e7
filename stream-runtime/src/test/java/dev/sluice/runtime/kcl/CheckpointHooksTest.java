package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardStart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

import java.time.Duration;

/// What a handler is told around a checkpoint and before the end of its shard.
@Timeout(20)
class CheckpointHooksTest {

    private final ShardBench bench = ShardBench.acknowledging();

    @Test
    void tellsTheHandlerBeforeAndAfterEachCheckpoint() {
        bench.handler.logHooks();
        bench.open();
        bench.deliver("1", "2");
        bench.deliver();

        assertThat(bench.log.effects())
                .containsExactly(
                        "open", "handle 1,2", "before 2", "checkpoint 2", "after 2", "handle ");
    }

    @Test
    void repeatsARefusedCheckpointWithoutPreparingItAgain() {
        bench.handler.logHooks();
        bench.open();
        bench.checkpointer.failNext(new ThrottlingException("slow down"));
        bench.deliver("1");

        assertThat(bench.log.effects())
                .containsExactly(
                        "open",
                        "handle 1",
                        "before 1",
                        "checkpoint refused",
                        "checkpoint 1",
                        "after 1");
    }

    @Test
    void readsOnWhileACheckpointCannotBePrepared() {
        bench.handler.logHooks();
        bench.open();
        TransientFailure away = new TransientFailure("bucket away");
        bench.handler.failNextHook(away, away, away);
        bench.deliver("1");
        bench.deliver("2");

        assertThat(bench.log.effects())
                .containsExactly(
                        "open",
                        "handle 1",
                        "before 1 failed",
                        "before 1 failed",
                        "before 1 failed",
                        "handle 2",
                        "before 2",
                        "checkpoint 2",
                        "after 2");
    }

    @Test
    void tidiesNothingWhenTheLeaseHasMoved() {
        bench.handler.logHooks();
        bench.open();
        bench.checkpointer.failNext(new ShutdownException("moved"));
        bench.deliver("1");
        bench.loseLease();

        assertThat(bench.log.effects())
                .containsExactly("open", "handle 1", "before 1", "checkpoint refused", "abandon");
    }

    @Test
    void readsOnWhenTidyingUpFails() {
        bench.handler.logHooks();
        bench.handler.failTidying();
        bench.open();
        bench.deliver("1");
        bench.deliver("2");

        assertThat(bench.log.effects())
                .containsExactly(
                        "open",
                        "handle 1",
                        "before 1",
                        "checkpoint 1",
                        "after 1 failed",
                        "handle 2",
                        "before 2",
                        "checkpoint 2",
                        "after 2");
    }

    @Test
    void preparesTheEndOfAShardUntilThatWorksAndThenOnce() {
        ShardBench holding = ShardBench.holding();
        holding.handler.logHooks();
        holding.open();
        holding.deliver("1");
        holding.handler.failNextHook(new TransientFailure("bucket away"));
        holding.checkpointer.failNext(new ThrottlingException("slow down"));
        holding.endShard();

        assertThat(holding.log.effects())
                .containsExactly(
                        "open",
                        "handle 1",
                        "drain",
                        "before SHARD_END failed",
                        "before SHARD_END",
                        "checkpoint refused",
                        "checkpoint SHARD_END");
    }

    @Test
    void endsNoShardWhoseEndCannotBePrepared() {
        ShardBench holding = ShardBench.holding();
        holding.open();
        holding.deliver("1");
        holding.stop.request(Duration.ofSeconds(5));
        holding.handler.failNextHook(new TransientFailure("bucket away"));

        assertThatIllegalStateException().isThrownBy(holding::endShard);
        assertThat(holding.log.effects()).doesNotContain("checkpoint SHARD_END");
    }

    @Test
    void opensAtTheCheckpointOfTheLease() {
        bench.open(new ExtendedSequenceNumber("17", 0L));

        assertThat(bench.starts)
                .extracting(ShardStart::checkpoint)
                .containsExactly(SequenceNumber.of("17"));
    }

    @Test
    void opensWithoutACheckpointAtTheTrimHorizon() {
        bench.open();

        assertThat(bench.starts.getFirst().checkpoint()).isNull();
    }

    @Test
    void opensNothingForAShardThatWasFinishedBefore() {
        bench.open(ExtendedSequenceNumber.SHARD_END);
        bench.deliver();
        bench.requestStop();
        bench.endShard();

        assertThat(bench.log.effects()).containsExactly("checkpoint SHARD_END");
        assertThat(bench.status.hasOpenShards()).isFalse();
    }
}
