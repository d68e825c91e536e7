package dev.sluice.loader.publish;

import static dev.sluice.loader.publish.PublishRig.ENRICHED;
import static dev.sluice.loader.publish.PublishRig.sent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.loader.Fixtures;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Dies between any two effects of publishing: files, queue, quarantine, snapshots, checkpoints,
/// books.
class PublishCrashTest {

    /// A shard, split on the way if it shall be, with events that the enricher sent again.
    private static final class Publishing implements CrashAfterEachEffect.World {

        private final PublishRig rig;

        Publishing(int maxRows, boolean split) {
            rig = new PublishRig(maxRows, 2);
            SectionedEvent late =
                    sent(Fixtures.event("late", "page_view", Duration.ofHours(30), "{}"), 1, 1);
            SectionedEvent misfit =
                    sent(
                            Fixtures.event(
                                    "misfit",
                                    "purchase",
                                    Duration.ZERO,
                                    "{\"properties\":{\"order_id\":\"a\\u0000\"}}"),
                            2,
                            0);
            rig.put(page("e1", 1), late);
            rig.put(misfit, page("e2", 3));
            if (split) {
                rig.streams.split(ENRICHED, new ShardId("shardId-000000000000"));
            }
            rig.put(page("e1", 1), late, misfit, page("e2", 3));
            rig.put(other("o1", 4));
            rig.put(page("e3", 5));
            rig.put(HashKey.MIN, new byte[] {1});
            rig.put(other("o1", 4), other("o2", 6));
        }

        @Override
        public EffectLog log() {
            return rig.log;
        }

        @Override
        public void run() {
            rig.consumer.start();
            rig.consumer.runUntilIdle();
            rig.consumer.close();
        }

        @Override
        public void crash() {
            rig.consumer.crash();
        }

        /// Files overlap where windows ended elsewhere, which is for the MERGE to see; a row is
        /// missing in none, and the books know of each once.
        @Override
        public Object outcome() {
            return List.of(Set.copyOf(rig.rows()), rig.quarantined(), Set.copyOf(rig.books.all()));
        }
    }

    @Test
    void losesNoRowAndCountsEachOnceWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(() -> new Publishing(2, false))).isGreaterThan(15);
    }

    @Test
    void losesNoRowAndCountsEachOnceOverASplit() {
        assertThat(CrashAfterEachEffect.once(() -> new Publishing(1, true))).isGreaterThan(20);
    }

    @Test
    void losesNoRowAndCountsEachOnceWhenTheRecoveryDiesToo() {
        assertThat(CrashAfterEachEffect.twice(() -> new Publishing(2, false))).isGreaterThan(150);
    }

    @Test
    void publishesNothingTwiceOnceItIsInTheState() {
        Publishing world = new Publishing(2, false);
        world.run();
        int files = world.rig.keys(CuratedFiles.PREFIX).size();

        world.rig.put(page("e1", 1), page("e2", 3), page("e3", 5));
        world.run();

        assertThat(world.rig.keys(CuratedFiles.PREFIX)).hasSize(files);
    }

    private static SectionedEvent page(String id, int sequence) {
        return sent(Fixtures.pageView(id), sequence, 0);
    }

    private static SectionedEvent other(String id, int sequence) {
        return sent(Fixtures.search("other", id, Fixtures.RECEIVED), sequence, 0);
    }
}
