package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.loader.Fixtures;
import dev.sluice.loader.pause.MemoryPauseFlag;
import dev.sluice.loader.queue.BlockedFiles;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.MemoryLoadQueue;
import dev.sluice.loader.queue.QueueDepth;
import dev.sluice.loader.queue.QueueWatch;
import dev.sluice.local.s3.S3FaultRule;
import dev.sluice.local.s3.S3FaultRule.Kind;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.leader.LeaderElection;
import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.leader.Leadership;
import dev.sluice.runtime.leader.LeaseLock;
import dev.sluice.runtime.leader.MemoryLockRecords;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/// The loop against the warehouse's stand-in while that fails in every way it can be asked to.
class WarehouseLoopIT {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final LoadBackoff BACKOFF =
            new LoadBackoff(
                    Duration.ofMillis(50),
                    Duration.ofMillis(500),
                    Duration.ofMillis(500),
                    Duration.ofMillis(20),
                    3,
                    Duration.ofMillis(100),
                    Duration.ofMillis(100));
    private static final String EVENT_IDS = "SELECT event_id FROM events ORDER BY 1";

    @TempDir static Path folder;

    static LocalWarehouse local;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MemoryLoadQueue queue = new MemoryLoadQueue();
    private final MemoryLockRecords lock = new MemoryLockRecords();
    private final List<WarehouseLoop> started = new ArrayList<>();

    /// By how much more than they did the files that were set aside seem to have waited.
    private volatile Duration aside = Duration.ZERO;

    @BeforeAll
    static void start() {
        local = new LocalWarehouse(folder);
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        local.empty();
    }

    @AfterEach
    void heal() {
        local.redshift.faults().clear();
        local.s3.faults().clear();
        started.forEach(loop -> loop.stop(Duration.ZERO, LONG));
    }

    @Test
    void aLostAnswerToTheCommitLoadsExactlyOnce() throws SQLException {
        startAndMigrate(loop("one"));
        local.redshift.faults().loseCommitAnswers(1);
        queue.add(local.publish("curated/1.parquet", Fixtures.pageView("e1")));

        awaitEmptyQueue();

        assertThat(local.query("SELECT COUNT(*) FROM events")).isEqualTo("1");
        assertThat(local.query("SELECT COUNT(*), SUM(duplicate_rows) FROM load_batches"))
                .isEqualTo("1|0");
        assertThat(failures("outcome_unknown")).isEqualTo(1);
    }

    @Test
    void serializationFailuresAreRetriedAtOnce() throws SQLException {
        startAndMigrate(loop("one"));
        local.redshift.faults().conflictOn("INSERT", 2);
        local.redshift.faults().conflictOn("COMMIT", 1);
        queue.add(local.publish("curated/1.parquet", Fixtures.pageView("e1")));

        awaitEmptyQueue();

        assertThat(local.query("SELECT COUNT(*) FROM events")).isEqualTo("1");
        assertThat(queue.depth().blocked()).isZero();
        assertThat(failures("transient")).isEqualTo(2);
        assertThat(failures("outcome_unknown")).isEqualTo(1);
    }

    @Test
    void aWarehouseThatGoesAwayIsLoadedOnceItIsBack() throws SQLException {
        WarehouseLoop loop = loop("one");
        loop.start();
        queue.add(local.publish("curated/1.parquet", Fixtures.pageView("e1")));
        awaitEmptyQueue();
        local.redshift.pause();
        try {
            queue.add(local.publish("curated/2.parquet", Fixtures.pageView("e2")));
            await().atMost(LONG).until(() -> !loop.health().up());
            assertThat(queue.depth().waiting()).isEqualTo(1);
            assertThat(failures("transient")).isPositive();
            await().atMost(LONG).until(() -> lag() > 1);
        } finally {
            local.resume();
        }

        awaitEmptyQueue();
        assertThat(lag()).isZero();

        await().atMost(LONG).until(() -> loop.health().up());
        assertThat(local.query("SELECT COUNT(*) FROM events")).isEqualTo("2");
        assertThat(queue.depth().blocked()).isZero();
    }

    /// Its pause would be longer than a test waits.
    @Test
    void aWarehouseThatIsBackIsReachedWithinSeconds() throws SQLException {
        AtomicReference<Instant> reached = new AtomicReference<>(Instant.MAX);
        ConnectionProbe probe = new ConnectionProbe(local.dataSource);
        LoadBackoff patient =
                new LoadBackoff(HOUR, HOUR, Duration.ofSeconds(1), HOUR, 1, HOUR, HOUR);
        startAndMigrate(
                loop(
                        "one",
                        patient,
                        () ->
                                probe.getAsBoolean()
                                        && reached.compareAndSet(Instant.MAX, Instant.now())));
        Instant back;
        local.redshift.pause();
        try {
            queue.add(local.publish("curated/1.parquet", Fixtures.pageView("e1")));
            await().atMost(LONG).until(() -> failures("transient") == 1);
        } finally {
            local.resume();
            back = Instant.now();
        }

        awaitEmptyQueue();

        assertThat(Duration.between(back, reached.get())).isLessThan(Duration.ofSeconds(5));
        assertThat(local.query("SELECT COUNT(*) FROM events")).isEqualTo("1");
    }

    @Test
    void aBucketThatIsMissingIsNoFaultOfTheFiles() throws SQLException {
        LoadFile file = local.publish("curated/1.parquet", Fixtures.pageView("e1"));
        LoadBatch batch = new LoadBatch("b1", "s3://not-there/m", List.of(file), 1);

        assertThatThrownBy(() -> local.warehouse.load(batch))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("NoSuchBucket")
                .hasMessageContaining("let the role list and read the bucket");
    }

    @Test
    void aFullWarehouseKeepsTheFilesWaitingAndLoadsThemOnceThereIsSpace() throws SQLException {
        startAndMigrate(loop("one"));
        local.redshift.faults().fillDisk();
        queue.add(local.publish("curated/1.parquet", Fixtures.pageView("e1")));
        await().atMost(LONG).until(() -> failures("transient") > 1);
        assertThat(queue.depth().waiting()).isEqualTo(1);
        assertThat(lag()).isPositive();

        local.redshift.faults().clear();
        awaitEmptyQueue();

        assertThat(local.query("SELECT COUNT(*) FROM events")).isEqualTo("1");
        assertThat(queue.depth().blocked()).isZero();
        assertThat(refused()).isZero();
    }

    @Test
    void anObjectThatIsMissingIsSetAsideAndTheOthersAreLoaded() throws SQLException {
        queueSeven();
        local.objects.delete("curated/4.parquet");
        loop("one").start();

        awaitEmptyQueue();

        assertThat(local.query(EVENT_IDS)).isEqualTo("e1\ne2\ne3\ne5\ne6\ne7");
        assertThat(queue.blocked(10))
                .singleElement()
                .satisfies(
                        blocked -> assertThat(blocked.file().key()).isEqualTo("curated/4.parquet"));
        assertThat(refused()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aReadThatIsDamagedOnItsWayIsRefusedAndReadAgain() throws SQLException {
        startAndMigrate(loop("one"));
        local.s3.faults().corrupt("curated/3", 1);
        queueSeven();

        awaitEmptyQueue();

        assertThat(local.s3.faults().pending()).isZero();
        assertThat(local.query(EVENT_IDS)).isEqualTo("e1\ne2\ne3\ne4\ne5\ne6\ne7");
        assertThat(refused()).isOne();
        assertThat(queue.depth().blocked()).isZero();
    }

    @Test
    void aFileThatIsAlwaysReadDamagedWaitsAsideAndIsLoadedOnceItIsNot() throws SQLException {
        local.s3.faults().corrupt("curated/4", Integer.MAX_VALUE);
        queueSeven();
        startAndMigrate(loop("one"));

        awaitEmptyQueue();

        assertThat(local.query(EVENT_IDS)).isEqualTo("e1\ne2\ne3\ne5\ne6\ne7");
        await().atMost(LONG).until(() -> blocked() == 1);
        assertThat(queue.blocked(10))
                .singleElement()
                .satisfies(
                        blocked -> assertThat(blocked.file().key()).isEqualTo("curated/4.parquet"));
        assertThat(refused()).isGreaterThanOrEqualTo(2);

        local.s3.faults().clear();
        aside = Duration.ofHours(2);
        await().atMost(LONG).until(() -> queue.depth().equals(new QueueDepth(0, null, 0)));

        assertThat(local.query(EVENT_IDS)).isEqualTo("e1\ne2\ne3\ne4\ne5\ne6\ne7");
        assertThat(local.query("SELECT COUNT(*), COUNT(DISTINCT file_name) FROM load_ledger"))
                .isEqualTo("7|7");
    }

    @Test
    void aReadThatBreaksOffIsNoFaultOfTheFile() throws SQLException {
        startAndMigrate(loop("one"));
        local.s3.faults().add(S3FaultRule.always(Kind.CUT_OFF).under("curated/"));
        queue.add(local.publish("curated/1.parquet", Fixtures.pageView("e1")));
        await().atMost(LONG).until(() -> failures("transient") > 1);
        assertThat(refused()).isZero();

        local.s3.faults().clear();
        awaitEmptyQueue();

        assertThat(local.query("SELECT COUNT(*) FROM events")).isEqualTo("1");
        assertThat(queue.depth().blocked()).isZero();
    }

    @Test
    void twoLoopsTogetherLoadEveryFileOnce() throws SQLException {
        WarehouseLoop one = loop("one");
        WarehouseLoop two = loop("two");
        one.start();
        two.start();
        for (int i = 0; i < 10; i++) {
            queue.add(local.publish("curated/" + i + ".parquet", Fixtures.pageView("e" + i)));
        }
        await().atMost(LONG).until(() -> queue.depth().waiting() < 10);
        WarehouseLoop leader = leads(one) ? one : two;

        leader.stop(Duration.ZERO, LONG);
        queue.add(local.publish("curated/last.parquet", Fixtures.pageView("last")));
        awaitEmptyQueue();

        assertThat(local.query("SELECT COUNT(*), COUNT(DISTINCT file_name) FROM load_ledger"))
                .isEqualTo("11|11");
        assertThat(local.query("SELECT COUNT(*) FROM events")).isEqualTo("11");
        assertThat(local.query("SELECT SUM(duplicate_rows) FROM load_batches")).isEqualTo("0");
    }

    @Test
    void aLeaderThatSleptThroughItsLeaseCannotLoad() throws SQLException {
        queue.add(local.publish("curated/1.parquet", Fixtures.pageView("e1")));
        assertThat(pipeline(lead(8)).step()).isInstanceOf(WarehouseStep.Loaded.class);
        queue.add(local.publish("curated/2.parquet", Fixtures.pageView("e2")));

        assertThat(pipeline(lead(7)).step()).isEqualTo(new WarehouseStep.NotLeading());

        assertThat(local.query("SELECT event_id FROM events")).isEqualTo("e1");
        assertThat(queue.depth().waiting()).isEqualTo(1);
    }

    @Test
    void migrationsThatAreNotTheseAreASetupFailure() throws SQLException {
        execute("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '1'");
        try {
            assertThatThrownBy(new WarehouseSchema(local.dataSource)::migrate)
                    .isInstanceOf(SetupFailure.class)
                    .hasMessageContaining("tables of the warehouse");
        } finally {
            execute("UPDATE flyway_schema_history SET checksum = checksum - 1 WHERE version = '1'");
        }
        new WarehouseSchema(local.dataSource).migrate();
    }

    private static void startAndMigrate(WarehouseLoop loop) {
        loop.start();
        await().atMost(LONG).until(() -> leads(loop));
    }

    private void awaitEmptyQueue() {
        await().atMost(LONG).until(() -> queue.depth().waiting() == 0);
    }

    private void queueSeven() {
        for (int i = 1; i <= 7; i++) {
            queue.add(local.publish("curated/" + i + ".parquet", Fixtures.pageView("e" + i)));
        }
    }

    private double refused() {
        return meters.get("sluice.load.refused").counter().count();
    }

    private double failures(String kind) {
        return meters.counter("sluice.load.failures", "kind", kind).count();
    }

    /// Seconds, as the queue's gauge shows them.
    private double lag() {
        return watched(gauges -> gauges.get("sluice.load.lag").timeGauge().value(TimeUnit.SECONDS));
    }

    /// Files, as the queue's gauge shows them.
    private double blocked() {
        return watched(gauges -> files(gauges, "blocked"));
    }

    private double watched(ToDoubleFunction<MeterRegistry> gauge) {
        SimpleMeterRegistry gauges = new SimpleMeterRegistry();
        try (QueueWatch watch =
                new QueueWatch(
                        queue,
                        new MemoryPauseFlag(),
                        Duration.ofMillis(5),
                        Duration.ofMinutes(5),
                        InstantSource.system(),
                        gauges)) {
            watch.start();
            await().atMost(LONG).until(() -> files(gauges, "waiting") == queue.depth().waiting());
            return gauge.applyAsDouble(gauges);
        }
    }

    private static double files(MeterRegistry gauges, String state) {
        return gauges.get("sluice.load.queue").tag("state", state).gauge().value();
    }

    private static boolean leads(WarehouseLoop loop) {
        return "true".equals(loop.health().details().get("leader"));
    }

    private WarehouseLoop loop(String owner) {
        return loop(owner, BACKOFF, new ConnectionProbe(local.dataSource));
    }

    private WarehouseLoop loop(String owner, LoadBackoff backoff, BooleanSupplier reachable) {
        InstantSource clock = InstantSource.system();
        LeaderElection election =
                new LeaderElection(
                        new LeaseLock(lock, owner, Duration.ofSeconds(5), clock),
                        Duration.ofMillis(50),
                        clock);
        WarehouseLoop loop =
                new WarehouseLoop(
                        new WarehouseLoop.Parts(
                                election,
                                reachable,
                                new WarehouseSchema(local.dataSource)::migrate,
                                pipeline(election),
                                new BlockedFiles(
                                        queue,
                                        Duration.ofHours(1),
                                        () -> clock.instant().plus(aside)),
                                new LoadMetrics(meters)),
                        new LoopTiming(Duration.ofMillis(50), backoff),
                        clock);
        started.add(loop);
        return loop;
    }

    private WarehousePipeline pipeline(LeaderLock leader) {
        return new WarehousePipeline(
                leader,
                queue,
                new Manifest(local.objects),
                local.warehouse,
                new MemoryPauseFlag(),
                new WarehouseLimits(100, 1_000, 1 << 20, 2));
    }

    /// Believes for ever that it leads.
    private static LeaderLock lead(long fence) {
        return new LeaderLock() {
            @Override
            public Optional<Leadership> claim() {
                return Optional.of(new Leadership(fence, Instant.MAX));
            }

            @Override
            public void release() {}
        };
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = local.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
