package dev.sluice.replay;

import static dev.sluice.replay.ReplayRig.TEN;
import static dev.sluice.replay.ReplayRig.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.Effect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Two hours of an archive through the line: the same files whatever dies in between, and the rows
/// that live traffic had.
class ReplayRunTest {

    private static final Instant ELEVEN = TEN.plus(Duration.ofHours(1));
    private static final Instant NOON = TEN.plus(Duration.ofHours(2));
    private static final String EVENTS = "replayed/events/r/";

    @TempDir Path folder;

    private static ReplayPlan plan(Duration span, int parts, Stage stage, boolean dryRun) {
        return new ReplayPlan(
                "r",
                ELEVEN,
                NOON,
                Duration.ofHours(2),
                span,
                parts,
                null,
                null,
                stage,
                dryRun,
                Map.of());
    }

    private static ReplayPlan plan(Duration span, int parts) {
        return plan(span, parts, Stage.LOAD, false);
    }

    /// From ten to noon, an event of each of five devices every ten minutes; the third of an hour
    /// is sent twice.
    private static ReplayRig rig() {
        ReplayRig rig = new ReplayRig();
        for (int i = 0; i < 12; i++) {
            Instant at = TEN.plus(Duration.ofMinutes(10L * i));
            for (int device = 0; device < 5; device++) {
                String id = "e-" + i + "-" + device;
                rig.archive("shard-" + device % 2, at, event(id, "d-" + device, at));
                if (i % 6 == 2) {
                    Instant later = at.plusSeconds(1);
                    rig.archive("shard-" + device % 2, later, event(id, "d-" + device, later));
                }
            }
        }
        return rig;
    }

    @Test
    void makesRowsOfItsTimeOnly() throws Exception {
        ReplayRig rig = rig();

        ItemCounts counts = rig.run(plan(Duration.ofHours(6), 1), 10).run(1, _ -> {});

        assertThat(counts.read()).isEqualTo(35);
        assertThat(counts.valid()).isEqualTo(30);
        assertThat(counts.duplicates()).isEqualTo(5);
        assertThat(counts.rows()).isEqualTo(30);
        assertThat(counts.warmed()).isEqualTo(35);
        assertThat(counts.files()).isEqualTo(rig.queued().size());
        assertThat(rig.queued()).containsExactlyElementsOf(rig.files(EVENTS).keySet());
        assertThat(
                        query(
                                rig,
                                "COUNT(*), COUNT(DISTINCT event_id), MIN(received_ts),"
                                        + " MIN(session_event_index), MAX(session_event_index)"))
                .containsExactly("30|30|2026-11-21T11:00Z|7|12");
    }

    @Test
    void itemsOfAnySizeMakeTheSameRows() throws Exception {
        ReplayRig whole = rig();
        whole.run(plan(Duration.ofHours(6), 1), 1000).run(1, _ -> {});
        ReplayRig cut = rig();
        cut.run(plan(Duration.ofMinutes(20), 3), 1).run(3, _ -> {});

        assertThat(query(cut, "*")).hasSize(30).isEqualTo(query(whole, "*"));
    }

    @Test
    void copiesOfEventsBeforeItsTimeAreKnown() throws Exception {
        ReplayRig rig = new ReplayRig();
        Instant before = ELEVEN.minusSeconds(5);
        rig.archive("shard-0", before, event("e-1", "d-1", before));
        rig.archive("shard-0", ELEVEN, event("e-1", "d-1", ELEVEN), event("e-2", "d-1", ELEVEN));

        ItemCounts counts = rig.run(plan(Duration.ofHours(6), 1), 10).run(1, _ -> {});

        assertThat(counts.duplicates()).isEqualTo(1);
        assertThat(query(rig, "event_id")).containsExactly("e-2");
    }

    @Test
    void aDeathAfterAnyEffectChangesNothing() throws Exception {
        ReplayPlan plan = plan(Duration.ofMinutes(30), 1);
        ReplayRig undisturbed = rig();
        int before = undisturbed.log.effects().size();
        undisturbed.run(plan, 7).run(1, _ -> {});
        int effects = undisturbed.log.effects().size() - before;
        Map<String, byte[]> expected = undisturbed.files(EVENTS);
        assertThat(effects).isGreaterThan(8);

        for (int death = 1; death <= effects; death++) {
            ReplayRig rig = rig();
            rig.log.dieAfter(death);
            assertThatThrownBy(() -> rig.run(plan, 7).run(1, _ -> {}))
                    .as("death %d", death)
                    .isInstanceOf(Throwable.class);
            rig.log.revive();
            rig.now = rig.now.plusSeconds(61);

            ItemCounts counts = rig.run(plan, 7).run(1, _ -> {});

            assertThat(counts.rows()).as("death %d", death).isEqualTo(30);
            assertThat(rig.queued()).containsExactlyElementsOf(expected.keySet());
            Map<String, byte[]> files = rig.files(EVENTS);
            assertThat(files.keySet()).isEqualTo(expected.keySet());
            expected.forEach((key, file) -> assertThat(files.get(key)).as(key).isEqualTo(file));
        }
    }

    @Test
    void whatPassesByItselfIsTriedAgain() throws Exception {
        ReplayRig rig = rig();
        rig.objects.faults().throwOnNextPublish(new TransientFailure("the store is away"));
        rig.objects.faults().loseNextAnswer();

        ItemCounts counts = rig.run(plan(Duration.ofHours(6), 1), 10).run(1, _ -> {});

        assertThat(counts.rows()).isEqualTo(30);
        assertThat(query(rig, "COUNT(*)")).containsExactly("30");
    }

    @Test
    void aDamagedArchiveEndsTheReplayAndNamesTheObject() {
        ReplayRig rig = rig();
        rig.objects.write("raw/dt=2026-11-21/hour=11/shard-0/1-2.slc", "no archive".getBytes());

        assertThatThrownBy(() -> rig.run(plan(Duration.ofHours(6), 1), 10).run(1, _ -> {}))
                .hasMessageContaining("hour=11/shard-0/1-2.slc");
    }

    @Test
    void whoLosesItsItemLeavesItToTheOther() throws Exception {
        ReplayRig rig = rig();
        ReplayPlan plan = plan(Duration.ofHours(6), 1);
        WorkItems.Claim stolen = rig.items.claim(plan, Duration.ofSeconds(60)).orElseThrow();
        rig.now = rig.now.plusSeconds(61);
        rig.run(plan, 10).run(1, _ -> {});
        ItemRun late =
                new ItemRun(
                        plan,
                        stolen,
                        rig.parts(),
                        PastRefusals.none(),
                        new ItemRun.Terms(Duration.ofSeconds(60), 10),
                        _ -> {});
        List<String> queued = rig.queued();

        assertThatThrownBy(late::run)
                .isInstanceOf(ItemRun.ClaimLost.class)
                .hasMessageContaining("item 0 of replay r");
        assertThat(rig.queued()).isEqualTo(queued);
        assertThat(query(rig, "COUNT(*)")).containsExactly("30");
    }

    @Test
    void workersShareTheItems() throws Exception {
        ReplayRig rig = rig();
        List<ReplayRun.Progress> told = new ArrayList<>();

        rig.run(plan(Duration.ofMinutes(10), 2), 10).run(2, told::add);

        assertThat(rig.log.lines().stream().filter(line -> line.startsWith("claim "))).hasSize(12);
        assertThat(told.getLast().part()).isEqualTo(1);
        assertThat(told.getLast().finished()).isEqualTo(12);
    }

    @Test
    void aDryRunQueuesNothing() throws Exception {
        ReplayRig rig = rig();

        rig.run(plan(Duration.ofHours(6), 1, Stage.LOAD, true), 10).run(1, _ -> {});

        assertThat(rig.queued()).isEmpty();
        assertThat(rig.files(EVENTS)).isEmpty();
        assertThat(rig.files("replayed/dry-runs/r/")).isNotEmpty();
    }

    @Test
    void stagesBeforeTheLastOnlyCount() throws Exception {
        for (Stage stage : List.of(Stage.VALIDATE, Stage.ENRICH)) {
            ReplayRig rig = rig();
            rig.archive("shard-0", ELEVEN, event("tap", "d-1", ELEVEN, "tap"));

            ItemCounts counts =
                    rig.run(plan(Duration.ofHours(6), 1, stage, false), 10).run(1, _ -> {});

            assertThat(counts.valid()).isEqualTo(30);
            assertThat(counts.reasons()).containsExactly(Map.entry("unknown_type", 1L));
            assertThat(rig.log.of(Effect.ObjectPublished.class).stream().map(Effect::line))
                    .noneMatch(line -> line.contains("replayed/"));
        }
    }

    @Test
    void whatOtherTypesAreStillCountsForSessions() throws Exception {
        ReplayRig rig = rig();
        ReplayPlan plan =
                new ReplayPlan(
                        "r",
                        ELEVEN,
                        NOON,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        1,
                        "shop",
                        "search",
                        Stage.LOAD,
                        false,
                        Map.of());
        Instant at = NOON.minusSeconds(1);
        rig.archive("shard-0", at, event("s-1", "d-0", at, "search"));

        rig.run(plan, 10).run(1, _ -> {});

        assertThat(query(rig, "event_id, session_event_index")).containsExactly("s-1|13");
    }

    /// Rows of all files, read by somebody else's reader.
    private List<String> query(ReplayRig rig, String select) throws IOException, SQLException {
        Path here = Files.createTempDirectory(folder, "files");
        int number = 0;
        for (byte[] file : rig.files(EVENTS).values()) {
            Files.write(here.resolve(number++ + ".parquet"), Objects.requireNonNull(file));
        }
        List<String> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT %s FROM read_parquet('%s/*.parquet') ORDER BY 1"
                                        .formatted(select, here))) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }
}
