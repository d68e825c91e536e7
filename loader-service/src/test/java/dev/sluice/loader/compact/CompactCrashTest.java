package dev.sluice.loader.compact;

import static dev.sluice.loader.lake.LakeRows.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.lake.LakeRows;
import dev.sluice.loader.lake.ListFeed;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The leader is killed after every single effect, and whatever it leaves, a reader finds each
/// event once.
class CompactCrashTest {

    @TempDir static Path folder;

    /// An hour that was compacted, that a late file came to since, and that is swept in the end.
    private static final class Leading implements CrashAfterEachEffect.World {

        private final LakeWorld world = new LakeWorld(folder, 20_000, 1 << 20);

        Leading() {
            world.load("a", row("e1", "ann", 1), row("e2", "zoe", 2));
            world.load("b", row("e3", "ben", 3));
            world.compact();
            ListedFile late =
                    LakeRows.publish(world.objects, LakeWorld.HOUR, "late", row("e4", "ann", 4));
            world.ledger.load(late, world.clock.instant());
        }

        @Override
        public EffectLog log() {
            return world.log;
        }

        @Override
        public void run() {
            assertThat(world.events()).doesNotHaveDuplicates().contains("e1", "e2", "e3");
            new ListFeed(world.ledger, world.lists, world.objects).turn();
            assertThat(world.events()).containsExactlyInAnyOrder("e1", "e2", "e3", "e4");
            CompactTurn turn = world.turn();
            turn.take(() -> true);
            world.clock.advance(world.limits.grace());
            turn.take(() -> true);
            world.clock.advance(CompactionPlan.ORPHAN_AGE.plus(Duration.ofHours(1)));
            turn.take(() -> true);
            world.clock.advance(CompactionPlan.ORPHAN_AGE.plus(Duration.ofHours(1)));
            turn.take(() -> true);
        }

        @Override
        public void crash() {}

        @Override
        public Object outcome() {
            return List.of(
                    world.events(),
                    world.parquetFiles().size(),
                    world.lists.read(LakeWorld.HOUR).files().size());
        }
    }

    @Test
    void eachEventIsThereOnceWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(Leading::new)).isGreaterThanOrEqualTo(10);
    }

    /// Ten effects, and what is left of them after each.
    @Test
    void eachEventIsThereOnceWhenTheRecoveryDiesToo() {
        assertThat(CrashAfterEachEffect.twice(Leading::new)).isGreaterThan(40);
    }

    @Test
    void theOldFilesGoInTheEnd() {
        Leading leading = new Leading();
        leading.run();
        assertThat(leading.world.parquetFiles())
                .hasSize(1)
                .allSatisfy(key -> assertThat(key).startsWith(CompactedFiles.PREFIX));
        assertThat(leading.world.events()).containsExactly("e1", "e4", "e3", "e2");
    }
}
