package dev.sluice.loader.compact;

import static dev.sluice.loader.lake.LakeRows.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.loader.process.Row;
import dev.sluice.runtime.failure.SetupFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class CompactTurnTest {

    @TempDir Path folder;

    @Test
    void leavesAnHourAloneUntilItIsSettled() {
        LakeWorld world = new LakeWorld(folder);
        world.clock.advance(Duration.ofHours(-2));
        world.load("a", row("e1", "p", 1));
        CompactTurn turn = world.turn();

        turn.take(() -> true);
        assertThat(compacted(world)).isZero();

        world.clock.advance(Duration.ofHours(1));
        turn.take(() -> true);
        assertThat(compacted(world)).isOne();
        assertThat(
                        world.meters
                                .get("sluice.compact.hours")
                                .tag("outcome", "done")
                                .counter()
                                .count())
                .isOne();
    }

    @Test
    void waitsForMoreOrForADayBeforeItCompactsForLateRows() {
        LakeWorld world = new LakeWorld(folder);
        Row[] rows = new Row[30];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row("e" + i, "p", i);
        }
        world.load("many", rows);
        CompactTurn turn = world.turn();
        turn.take(() -> true);

        world.load("late", row("late-1", "p", 1));
        turn.take(() -> true);
        assertThat(compacted(world)).isOne();
        assertThat(world.events()).hasSize(31);

        world.clock.advance(Duration.ofHours(24));
        turn.take(() -> true);
        assertThat(world.lists.read(LakeWorld.HOUR).files()).hasSize(1);

        world.load("later", row("late-2", "p", 1), row("3", "p", 1), row("4", "p", 1));
        world.load("latest", row("late-5", "p", 1));
        turn.take(() -> true);
        assertThat(world.lists.read(LakeWorld.HOUR).files()).hasSize(1);
        assertThat(world.events()).hasSize(35);
    }

    @Test
    void keepsReplacedFilesForTheirGraceAndThenDeletesThem() {
        LakeWorld world = new LakeWorld(folder);
        ListedFile old = world.load("a", row("e1", "p", 1));
        CompactTurn turn = world.turn();
        turn.take(() -> true);
        assertThat(world.parquetFiles()).contains(old.key()).hasSize(2);

        world.clock.advance(world.limits.grace().minusSeconds(1));
        turn.take(() -> true);
        assertThat(world.parquetFiles()).contains(old.key());

        world.clock.advance(Duration.ofSeconds(1));
        turn.take(() -> true);
        assertThat(world.parquetFiles()).hasSize(1).doesNotContain(old.key());
        assertThat(world.meters.counter("sluice.compact.deleted").count()).isOne();
    }

    @Test
    void startsTheGraceAnewWhenAthenaWasNotTold() {
        LakeWorld world = new LakeWorld(folder);
        ListedFile old = world.load("a", row("e1", "p", 1));
        String symlink = "lake/events/athena/" + LakeWorld.HOUR.path() + "/symlink.txt";
        byte[] before = world.objects.read(symlink).orElseThrow();
        world.compact();
        world.objects.write(symlink, before);
        world.clock.advance(world.limits.grace().multipliedBy(2));

        CompactTurn turn = world.turn();
        turn.take(() -> true);
        assertThat(world.parquetFiles()).contains(old.key());
        assertThat(world.events()).containsExactly("e1");
        assertThat(world.lists.seenByAthena(LakeWorld.HOUR)).doesNotContain(old.key());

        world.clock.advance(world.limits.grace());
        turn.take(() -> true);
        assertThat(world.parquetFiles()).doesNotContain(old.key());
    }

    @Test
    void anHourThatFailsDoesNotKeepTheOthers() {
        LakeWorld world = new LakeWorld(folder);
        ListedFile gone =
                new ListedFile("curated/events/gone.parquet", 1, LakeWorld.HOUR.end(), false);
        LakeHour earlier = new LakeHour(LakeWorld.HOUR.start().minusSeconds(3600));
        world.lists.change(earlier, list -> Optional.of(list.with(List.of(gone))));
        world.load("a", row("e1", "p", 1));

        CompactTurn turn = world.turn();
        assertThatThrownBy(() -> turn.take(() -> true))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("gone.parquet");

        assertThat(compacted(world)).isOne();
        assertThat(
                        world.meters
                                .get("sluice.compact.hours")
                                .tag("outcome", "failed")
                                .counter()
                                .count())
                .isOne();
    }

    @Test
    void endsBetweenTwoHoursWhenItIsToldTo() {
        LakeWorld world = new LakeWorld(folder);
        world.load("a", row("e1", "p", 1));
        world.turn().take(() -> false);
        assertThat(compacted(world)).isZero();
    }

    @Test
    void neverListsWhatWasMadeTooLate() {
        LakeWorld world = new LakeWorld(folder);
        world.load("a", row("e1", "p", 1));
        CompactPipeline slow =
                new CompactPipeline(world.lists, world.objects, world.limits, world.clock);

        Compaction ended =
                slow.compact(
                        LakeWorld.HOUR,
                        step -> {
                            if (step.endsWith("written")) {
                                world.clock.advance(Duration.ofHours(7));
                            }
                        });

        assertThat(ended).isEqualTo(new Compaction.Outrun());
        assertThat(compacted(world)).isZero();
        assertThat(world.parquetFiles()).hasSize(1);
    }

    private static long compacted(LakeWorld world) {
        return world.lists.read(LakeWorld.HOUR).files().stream()
                .filter(ListedFile::compacted)
                .count();
    }
}
