package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.loader.Fixtures;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.pause.LoadPause;
import dev.sluice.loader.pause.MemoryPauseFlag;
import dev.sluice.loader.queue.BlockedFiles;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.loader.queue.MemoryLoadQueue;
import dev.sluice.runtime.failure.OutcomeUnknown;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.leader.LeaderElection;
import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.leader.LeaseLock;
import dev.sluice.runtime.leader.MemoryLockRecords;
import dev.sluice.runtime.memory.MemoryObjectStore;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class WarehouseLoopTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration OFTEN = Duration.ofMillis(2);
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MemoryLoadQueue queue = new MemoryLoadQueue();
    private final MemoryLockRecords lock = new MemoryLockRecords();
    private final MemoryPauseFlag pause = new MemoryPauseFlag();
    private final AtomicInteger migrations = new AtomicInteger();

    private volatile Warehouse warehouse = WarehouseLoopTest::loaded;
    private volatile Runnable migration = migrations::incrementAndGet;

    private final WarehouseLoop loop = loop();

    @AfterEach
    void stop() {
        loop.stop(Duration.ZERO, SOON);
    }

    @Test
    void loadsWhatWaitsAndCountsEveryRow() {
        warehouse = batch -> new LoadOutcome.Loaded(batch.rows(), batch.rows() - 3, 2, 1);
        queue.add(file("1", 3));
        queue.add(file("2", 4));
        loop.start();

        await().atMost(SOON).until(() -> counted("sluice.load.files", "loaded") == 2);
        assertThat(queue.depth().waiting()).isZero();
        assertThat(loadedRows("staged")).isEqualTo(7);
        assertThat(loadedRows("inserted") + loadedRows("duplicate") + loadedRows("replayed"))
                .isEqualTo(7);
        assertThat(meters.timer("sluice.load.batch").count()).isPositive();
        assertThat(loop.health().up()).isTrue();
        assertThat(loop.health().details().get("last load of events")).contains("rows");
    }

    @Test
    void goesOnAfterEveryKindOfFailureAndSaysWhatItWas() {
        queue.add(file("1", 1));
        Throwable cause = new IllegalStateException("cause");

        fail(new TransientFailure("batch b: away"));
        loop.start();
        expectDown("batch b: away", "transient");
        fail(new SetupFailure("batch b: refused"));
        expectDown("batch b: refused", "setup");
        fail(new OutcomeUnknown("batch b: no answer", cause));
        expectDown("batch b: no answer", "outcome_unknown");
        fail(new IllegalStateException("jane@example.com"));
        expectDown("java.lang.IllegalStateException at dev.sluice", "unexpected");
        assertThat(loop.health().why()).doesNotContain("jane");

        warehouse = WarehouseLoopTest::loaded;
        await().atMost(SOON).until(() -> queue.depth().waiting() == 0);
        await().atMost(SOON).until(() -> loop.health().up());
    }

    @Test
    void loadsNothingWhilePausedAndEndsAtOnce() {
        pause.pause(new LoadPause("ann", Fixtures.RECEIVED, ""));
        queue.add(file("1", 1));
        loop.start();
        await().atMost(SOON).until(loop::leads);
        loop.stop(SOON, SOON);

        assertThat(queue.depth().waiting()).isEqualTo(1);
        assertThat(loop.health().why()).isEqualTo("the warehouse loop does not run");
    }

    @Test
    void migratesOnceBeforeTheFirstLoad() {
        queue.add(file("1", 1));
        loop.start();
        await().atMost(SOON).until(() -> queue.depth().waiting() == 0);
        queue.add(file("2", 1));
        await().atMost(SOON).until(() -> queue.depth().waiting() == 0);

        assertThat(migrations).hasValue(1);
    }

    @Test
    void loadsNothingUntilTheMigrationWorked() {
        migration =
                () -> {
                    throw new TransientFailure("tables of the warehouse: away");
                };
        queue.add(file("1", 1));
        loop.start();

        await().atMost(SOON)
                .until(() -> loop.health().why().equals("tables of the warehouse: away"));
        assertThat(queue.depth().waiting()).isEqualTo(1);

        migration = migrations::incrementAndGet;
        await().atMost(SOON).until(() -> queue.depth().waiting() == 0);
        assertThat(migrations).hasValue(1);
    }

    @Test
    void whoDoesNotLeadNeitherMigratesNorLoadsUntilTheLeaderLeaves() {
        LeaderLock other = lock("other");
        other.claim();
        queue.add(file("1", 1));
        loop.start();

        await().atMost(SOON).until(() -> "false".equals(loop.health().details().get("leader")));
        assertThat(loop.health().up()).isTrue();
        assertThat(migrations).hasValue(0);
        assertThat(queue.depth().waiting()).isEqualTo(1);

        other.release();
        await().atMost(SOON).until(() -> queue.depth().waiting() == 0);
    }

    @Test
    void aLockThatCannotBeReachedIsSaid() {
        lock.setAway(true);
        loop.start();

        await().atMost(SOON).until(() -> loop.health().why().contains("the lock is away"));
        assertThat(loop.health().up()).isFalse();
    }

    @Test
    void aStopLetsTheLoadEndAndAnotherTaskLead() throws InterruptedException {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        warehouse =
                batch -> {
                    loading.countDown();
                    awaitQuietly(go);
                    return loaded(batch);
                };
        queue.add(file("1", 1));
        loop.start();
        loading.await();

        Thread stopping = Thread.startVirtualThread(() -> loop.stop(Duration.ZERO, SOON));
        assertThat(lock("other").claim()).isEmpty();
        go.countDown();
        stopping.join();

        assertThat(queue.depth().waiting()).isZero();
        assertThat(lock("other").claim()).isPresent();
        assertThat(loop.health().why()).isEqualTo("the warehouse loop does not run");
    }

    @Test
    void aStopReturnsInTimeEvenIfALoadDoesNot() throws InterruptedException {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        warehouse =
                batch -> {
                    loading.countDown();
                    awaitQuietly(go);
                    return loaded(batch);
                };
        queue.add(file("1", 1));
        loop.start();
        loading.await();

        loop.stop(Duration.ZERO, Duration.ofMillis(20));

        assertThat(queue.depth().waiting()).isEqualTo(1);
        go.countDown();
    }

    @Test
    void aStopThatDrainsLoadsEverythingThatWaits() {
        loop.start();
        await().atMost(SOON).until(() -> "true".equals(loop.health().details().get("leader")));
        queueManyWhileTheLoopPauses();

        loop.stop(SOON, SOON);

        assertThat(queue.depth().waiting()).isZero();
        assertThat(counted("sluice.load.files", "loaded")).isEqualTo(20);
    }

    @Test
    void aStopThatDrainsEndsWithTheFirstFailure() {
        fail(new TransientFailure("batch b: away"));
        queue.add(file("1", 1));
        loop.start();
        await().atMost(SOON).until(() -> !loop.health().up());

        loop.stop(Duration.ofHours(1), SOON);

        assertThat(queue.depth().waiting()).isEqualTo(1);
        assertThat(lock("other").claim()).isPresent();
    }

    @Test
    void aRefusedFileIsSetAsideAndCounted() {
        warehouse = _ -> new LoadOutcome.Refused("no Parquet");
        queue.add(file("1", 1));
        loop.start();

        await().atMost(SOON).until(() -> counted("sluice.load.files", "set_aside") == 1);
        assertThat(queue.depth().blocked()).isEqualTo(1);
        assertThat(meters.counter("sluice.load.refused").count()).isEqualTo(2);
    }

    private void queueManyWhileTheLoopPauses() {
        for (int i = 0; i < 20; i++) {
            queue.add(file(String.valueOf(i), 1));
        }
    }

    private void fail(RuntimeException failure) {
        warehouse =
                _ -> {
                    throw failure;
                };
    }

    private void expectDown(String why, String kind) {
        await().atMost(SOON).until(() -> loop.health().why().contains(why));
        HealthReport report = loop.health();
        assertThat(report.up()).isFalse();
        assertThat(report.details()).containsKey("failingSince");
        assertThat(meters.counter("sluice.load.failures", "kind", kind).count()).isPositive();
    }

    private double counted(String meter, String outcome) {
        return meters.counter(meter, "outcome", outcome).count();
    }

    private double loadedRows(String outcome) {
        return meters.counter("sluice.load.rows", "table", "events", "outcome", outcome).count();
    }

    private WarehouseLoop loop() {
        LeaderElection election = new LeaderElection(lock("this"), OFTEN, InstantSource.system());
        WarehouseLimits limits = new WarehouseLimits(4, 1_000, 1 << 20, 2);
        WarehousePipeline pipeline =
                new WarehousePipeline(
                        election,
                        queue,
                        new Manifest(new MemoryObjectStore()),
                        batch -> warehouse.load(batch),
                        pause,
                        limits);
        return new WarehouseLoop(
                new WarehouseLoop.Parts(
                        election,
                        () -> true,
                        () -> migration.run(),
                        pipeline,
                        new BlockedFiles(queue, Duration.ofHours(1), InstantSource.system()),
                        new LoadMetrics(meters)),
                new LoopTiming(OFTEN, new LoadBackoff(OFTEN, OFTEN, OFTEN, OFTEN, 1, OFTEN, OFTEN)),
                InstantSource.system());
    }

    private LeaderLock lock(String owner) {
        return new LeaseLock(lock, owner, LEASE, InstantSource.system());
    }

    private static LoadOutcome loaded(LoadBatch batch) {
        return new LoadOutcome.Loaded(batch.rows(), batch.rows(), 0, 0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static LoadFile file(String key, long rows) {
        return new LoadFile(
                LoadTable.EVENTS,
                key,
                Layouts.BUNDLED,
                rows,
                1,
                Fixtures.RECEIVED,
                Fixtures.RECEIVED,
                Fixtures.RECEIVED,
                Fixtures.RECEIVED,
                Fixtures.RECEIVED);
    }
}
