package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.loader.Fixtures;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.pause.LoadPause;
import dev.sluice.loader.pause.MemoryPauseFlag;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.loader.queue.MemoryLoadQueue;
import dev.sluice.runtime.failure.OutcomeUnknown;
import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.leader.Leadership;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class WarehousePipelineTest {

    private final EffectLog log = new EffectLog();
    private final MemoryObjectStore objects =
            new MemoryObjectStore("bucket", () -> Fixtures.RECEIVED, log);
    private final MemoryLoadQueue queue = new MemoryLoadQueue();
    private final FakeWarehouse warehouse = new FakeWarehouse();
    private final AtomicInteger batches = new AtomicInteger();
    private boolean leading = true;

    private final MemoryPauseFlag pause = new MemoryPauseFlag();
    private final WarehousePipeline pipeline =
            new WarehousePipeline(
                    new Leader(),
                    queue,
                    new Manifest(objects),
                    warehouse,
                    pause,
                    new WarehouseLimits(4, 1_000, 1 << 20, 2),
                    () -> "b" + batches.incrementAndGet());

    @Test
    void filesLeaveTheQueueOnlyAfterTheCommit() {
        queue.add(file("1"));
        queue.add(file("2"));

        WarehouseStep step = pipeline.step();

        assertThat(step).isInstanceOf(WarehouseStep.Loaded.class);
        assertThat(log.lines())
                .containsExactly(
                        "publish s3://bucket/manifests/b1.manifest",
                        "load b1 [1, 2] waiting 2",
                        "delete s3://bucket/manifests/b1.manifest");
        assertThat(queue.depth().waiting()).isZero();
        assertThat(pipeline.step()).isEqualTo(new WarehouseStep.Idle());
    }

    @Test
    void filesOfTheQuarantinesRowsGoOnceTheyAreLoadedAndThenLeaveTheQueue() {
        objects.write("1", new byte[] {1});
        queue.add(quarantined("1"));
        warehouse.loseAnswerOnce = true;

        assertThatThrownBy(pipeline::step).isInstanceOf(OutcomeUnknown.class);
        assertThat(log.lines()).doesNotContain("delete s3://bucket/1");
        assertThat(pipeline.step()).isEqualTo(new WarehouseStep.Tidied(1));

        assertThat(log.lines()).endsWith("delete s3://bucket/1");
        assertThat(queue.depth().waiting()).isZero();
    }

    @Test
    void whoDoesNotLeadTouchesNothing() {
        queue.add(file("1"));
        leading = false;

        assertThat(pipeline.step()).isEqualTo(new WarehouseStep.NotLeading());
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsResolvedByTheLedger() {
        queue.add(file("1"));
        warehouse.loseAnswerOnce = true;

        assertThatThrownBy(pipeline::step).isInstanceOf(OutcomeUnknown.class);
        assertThat(queue.depth().waiting()).isEqualTo(1);
        assertThat(pipeline.step()).isEqualTo(new WarehouseStep.Tidied(1));
        assertThat(queue.depth().waiting()).isZero();
        assertThat(warehouse.loads).isEqualTo(1);
    }

    @Test
    void filesLoadedBeforeDoNotKeepTheOthersWaiting() {
        queue.add(file("1"));
        pipeline.step();
        queue.add(file("1"));
        queue.add(file("2"));

        assertThat(pipeline.step()).isEqualTo(new WarehouseStep.Tidied(1));
        assertThat(pipeline.step()).isInstanceOf(WarehouseStep.Loaded.class);
        assertThat(warehouse.ledger).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void aPoisonFileIsFoundAndSetAsideAndAllOthersAreLoaded() {
        for (int i = 1; i <= 8; i++) {
            queue.add(file(String.valueOf(i)));
        }
        warehouse.poison = "3";

        for (int turn = 0; turn < 20; turn++) {
            pipeline.step();
        }

        assertThat(warehouse.ledger).containsExactlyInAnyOrder("1", "2", "4", "5", "6", "7", "8");
        assertThat(queue.blocked(10)).hasSize(1);
        assertThat(queue.blocked(10).getFirst().file().key()).isEqualTo("3");
        assertThat(queue.depth().waiting()).isZero();
    }

    @Test
    void aBatchTakesTheOldestFilesUpToItsRowsAndSaysThatMoreWait() {
        queue.add(sized("1", 400, 1));
        queue.add(sized("2", 600, 1));
        queue.add(sized("3", 1, 1));
        queue.add(sized("4", 9_000, 1));

        assertThat(more()).containsExactly(true, true, false);
        assertThat(loads()).containsExactly("load b1 [1, 2]", "load b2 [3]", "load b3 [4]");
    }

    @Test
    void aBatchTakesFilesUpToItsBytesAndItsNumber() {
        queue.add(sized("1", 1, 1 << 19));
        queue.add(sized("2", 1, 1 << 20));
        for (int i = 3; i <= 7; i++) {
            queue.add(file(String.valueOf(i)));
        }

        assertThat(more()).containsExactly(true, true, true);
        pipeline.step();
        assertThat(loads())
                .containsExactly(
                        "load b1 [1]", "load b2 [2]", "load b3 [3, 4, 5, 6]", "load b4 [7]");
    }

    @Test
    void filesOfLateEventsTakeTurnsWithThoseOnTime() {
        queue.add(late("1"));
        queue.add(late("2"));
        queue.add(file("3"));
        queue.add(file("4"));

        pipeline.step();
        queue.add(file("5"));
        pipeline.step();
        pipeline.step();

        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("load"))
                .containsExactly(
                        "load b1 [3, 4] waiting 4",
                        "load b2 [1, 2] waiting 3",
                        "load b3 [5] waiting 1");
    }

    @Test
    void eventsOnTimeHaveEverySecondTurnBesideLateOnesAndTheQuarantine() {
        queue.add(late("1"));
        queue.add(quarantined("2"));
        for (int i = 3; i <= 5; i++) {
            queue.add(file(String.valueOf(i)));
            pipeline.step();
            pipeline.step();
        }
        queue.add(quarantined("6"));
        queue.add(quarantined("7"));
        pipeline.step();

        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("load"))
                .extracting(line -> line.replaceAll(" waiting.*", ""))
                .containsExactly(
                        "load b1 [3]",
                        "load b2 [1]",
                        "load b3 [4]",
                        "load b4 [2]",
                        "load b5 [5]",
                        "load b6 [6, 7]");
    }

    @Test
    void filesOfEveryTableHaveTheirTurn() {
        queue.add(file(LoadTable.SESSIONS, "1", Fixtures.RECEIVED));
        queue.add(file(LoadTable.SESSIONS, "2", Fixtures.RECEIVED));
        queue.add(file(LoadTable.IDENTITIES, "3", Fixtures.RECEIVED));
        queue.add(quarantined("4"));
        queue.add(late("5"));
        for (int i = 6; i <= 9; i++) {
            queue.add(file(String.valueOf(i)));
            pipeline.step();
            pipeline.step();
        }

        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("load"))
                .extracting(line -> line.replaceAll(" waiting.*", ""))
                .containsExactly(
                        "load b1 [6]",
                        "load b2 [5]",
                        "load b3 [7]",
                        "load b4 [4]",
                        "load b5 [8]",
                        "load b6 [1, 2]",
                        "load b7 [9]",
                        "load b8 [3]");
    }

    @Test
    void lateEventsAreLoadedByDayTheOldestFirstAndNoDayWaitsForEver() {
        queue.add(daysLate("1", 2));
        queue.add(daysLate("2", 9));
        queue.add(daysLate("3", 2));
        queue.add(daysLate("4", 5));
        pipeline.step();
        queue.add(daysLate("5", 9));
        pipeline.step();
        pipeline.step();
        pipeline.step();

        assertThat(loads())
                .containsExactly("load b1 [2]", "load b2 [4]", "load b3 [1, 3]", "load b4 [5]");
    }

    /// A replay of this hour's events must not make those wait that come now.
    @Test
    void replayedEventsHaveTurnsOfTheirOwnWheneverTheyHappened() {
        queue.add(file(LoadFile.REPLAYED + "1"));
        queue.add(file(LoadFile.REPLAYED + "2"));
        queue.add(late("3"));
        for (int i = 4; i <= 6; i++) {
            queue.add(file(String.valueOf(i)));
            pipeline.step();
            pipeline.step();
        }

        assertThat(loads())
                .containsExactly(
                        "load b1 [4]",
                        "load b2 [3]",
                        "load b3 [5]",
                        "load b4 [replayed/1, replayed/2]",
                        "load b5 [6]");
    }

    @Test
    void nothingIsLoadedWhileLoadsArePaused() {
        LoadPause vacuum = new LoadPause("ann", Fixtures.RECEIVED, "vacuum");
        queue.add(file("1"));
        pause.pause(vacuum);
        assertThat(pipeline.step()).isEqualTo(new WarehouseStep.Paused(vacuum));
        assertThat(queue.depth().waiting()).isEqualTo(1);

        pause.resume();
        assertThat(pipeline.step()).isInstanceOf(WarehouseStep.Loaded.class);
    }

    @Test
    void aFencedLoaderLeavesTheFilesToTheLeader() {
        queue.add(file("1"));
        warehouse.fence = 99;

        assertThat(pipeline.step()).isEqualTo(new WarehouseStep.NotLeading());
        assertThat(queue.depth().waiting()).isEqualTo(1);
    }

    /// Whether more waited, after each of three loads.
    private List<Boolean> more() {
        return Stream.generate(pipeline::step)
                .limit(3)
                .map(step -> ((WarehouseStep.Loaded) step).more())
                .toList();
    }

    private static LoadFile sized(String key, long rows, long bytes) {
        LoadFile file = file(key);
        return new LoadFile(
                file.table(),
                key,
                file.layout(),
                rows,
                bytes,
                file.minEventTs(),
                file.maxEventTs(),
                file.minReceivedTs(),
                file.maxReceivedTs(),
                file.createdAt());
    }

    private List<String> loads() {
        return log.lines().stream()
                .filter(line -> line.startsWith("load"))
                .map(line -> line.replaceAll(" waiting.*", ""))
                .toList();
    }

    private static LoadFile daysLate(String key, int days) {
        return file(key, Fixtures.RECEIVED.minus(Duration.ofDays(days)));
    }

    private static LoadFile late(String key) {
        return file(key, Fixtures.RECEIVED.minus(Duration.ofHours(3)));
    }

    private static LoadFile file(String key) {
        return file(key, Fixtures.RECEIVED);
    }

    private static LoadFile quarantined(String key) {
        return file(LoadTable.QUARANTINED_EVENTS, key, Fixtures.RECEIVED);
    }

    private static LoadFile file(String key, Instant happened) {
        return file(LoadTable.EVENTS, key, happened);
    }

    private static LoadFile file(LoadTable table, String key, Instant happened) {
        return new LoadFile(
                table,
                key,
                Layouts.BUNDLED,
                1,
                1,
                happened,
                happened,
                Fixtures.RECEIVED,
                Fixtures.RECEIVED,
                Fixtures.RECEIVED.plusSeconds(
                        Long.parseLong(key.substring(key.lastIndexOf('/') + 1))));
    }

    private final class Leader implements LeaderLock {
        @Override
        public Optional<Leadership> claim() {
            return leading
                    ? Optional.of(new Leadership(7, Fixtures.RECEIVED.plusSeconds(10)))
                    : Optional.empty();
        }

        @Override
        public void release() {}
    }

    /// A warehouse that keeps its ledger as the real one does.
    private final class FakeWarehouse implements Warehouse {
        private final Set<String> ledger = new HashSet<>();
        private boolean loseAnswerOnce;
        private String poison = "";
        private long fence;
        private int loads;

        @Override
        public LoadOutcome load(LoadBatch batch) {
            List<String> keys = batch.files().stream().map(LoadFile::key).toList();
            log.note("load " + batch.id() + " " + keys + " waiting " + queue.depth().waiting());
            if (fence > batch.fence()) {
                return new LoadOutcome.Fenced(fence);
            }
            Set<String> before = keys.stream().filter(ledger::contains).collect(Collectors.toSet());
            if (!before.isEmpty()) {
                return new LoadOutcome.LoadedBefore(before);
            }
            if (keys.contains(poison)) {
                return new LoadOutcome.Refused("no Parquet");
            }
            ledger.addAll(keys);
            loads++;
            if (loseAnswerOnce) {
                loseAnswerOnce = false;
                throw new OutcomeUnknown("batch " + batch.id(), new IllegalStateException("lost"));
            }
            return new LoadOutcome.Loaded(batch.rows(), batch.rows(), 0, 0);
        }
    }
}
