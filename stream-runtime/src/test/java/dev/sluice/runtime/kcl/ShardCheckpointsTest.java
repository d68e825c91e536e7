package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;

import java.time.Duration;

@Timeout(20)
class ShardCheckpointsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @Test
    void writesOnceAnIntervalAfterARandomPartOfTheFirst() {
        ShardBench bench = ShardBench.acknowledging(INTERVAL);
        bench.open();
        bench.deliver("1");
        bench.pass(INTERVAL);
        bench.deliver("2");
        bench.deliver("3");
        bench.pass(INTERVAL.dividedBy(2));
        bench.deliver("4");
        bench.pass(INTERVAL.dividedBy(2));
        bench.deliver("5");

        assertThat(bench.log.effects())
                .containsExactly(
                        "open",
                        "handle 1",
                        "handle 2",
                        "checkpoint 2",
                        "handle 3",
                        "handle 4",
                        "handle 5",
                        "checkpoint 5");
    }

    @Test
    void writesWhatIsDueOnAnIdleTick() {
        ShardBench bench = ShardBench.acknowledging(INTERVAL);
        bench.open();
        bench.deliver("1");
        bench.pass(INTERVAL);
        bench.deliver();
        bench.pass(INTERVAL);
        bench.deliver();

        assertThat(bench.log.effects())
                .containsExactly("open", "handle 1", "handle ", "checkpoint 1", "handle ");
    }

    @Test
    void writesBetweenIntervalsWhenDrained() {
        ShardBench bench = ShardBench.acknowledging(INTERVAL);
        bench.open();
        bench.deliver("1");
        bench.stop.request(Duration.ofSeconds(5));
        bench.requestStop();

        assertThat(bench.log.effects())
                .containsExactly("open", "handle 1", "drain", "checkpoint 1");
    }

    @Test
    void skipsACheckpointOfALeaseThatMoved() {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        bench.checkpointer.failNext(new ShutdownException("moved"));
        bench.deliver("1");
        bench.deliver("2");
        bench.loseLease();

        assertThat(bench.log.effects())
                .containsExactly("open", "handle 1", "checkpoint refused", "abandon");
        assertThat(bench.count("sluice.consumer.checkpoints", "outcome", "lease_lost"))
                .isEqualTo(1);
    }

    @Test
    void repeatsARefusedCheckpoint() {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        bench.checkpointer.failNext(
                new ThrottlingException("slow down"),
                new KinesisClientLibDependencyException("away"));
        bench.deliver("1");

        assertThat(bench.log.effects())
                .containsExactly(
                        "open",
                        "handle 1",
                        "checkpoint refused",
                        "checkpoint refused",
                        "checkpoint 1");
    }

    @Test
    void readsOnWhenACheckpointIsRefusedAgainAndAgain() {
        ShardBench bench = ShardBench.acknowledging();
        bench.open();
        bench.checkpointer.failNext(
                new ThrottlingException("slow down"),
                new ThrottlingException("slow down"),
                new InvalidStateException("no table"));
        bench.deliver("1");
        bench.deliver("2");

        assertThat(bench.log.effects())
                .containsExactly(
                        "open",
                        "handle 1",
                        "checkpoint refused",
                        "checkpoint refused",
                        "checkpoint refused",
                        "handle 2",
                        "checkpoint 2");
        assertThat(bench.count("sluice.consumer.checkpoints", "outcome", "deferred")).isEqualTo(1);
    }

    @Test
    void neverGivesUpTheCheckpointOfAFinishedShard() {
        ShardBench bench = ShardBench.holding();
        bench.open();
        for (int i = 0; i < 10; i++) {
            bench.checkpointer.failNext(new ThrottlingException("slow down"));
        }
        bench.endShard();

        assertThat(bench.log.effects()).filteredOn("checkpoint refused"::equals).hasSize(10);
        assertThat(bench.log.effects()).endsWith("checkpoint SHARD_END");
    }

    @Test
    void leavesAFinishedShardToTheNextCallWhenAStopIsAskedFor() {
        ShardBench bench = ShardBench.holding();
        bench.open();
        bench.deliver("1");
        bench.stop.request(Duration.ofSeconds(5));
        bench.checkpointer.failNext(new ThrottlingException("slow down"));

        assertThatIllegalStateException().isThrownBy(bench::endShard);
        bench.endShard();
        assertThat(bench.log.effects())
                .containsExactly(
                        "open", "handle 1", "drain", "checkpoint refused", "checkpoint SHARD_END");
    }
}
