package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.s3.S3FaultRule;
import dev.sluice.local.s3.S3FaultRule.Kind;
import dev.sluice.local.s3.S3Operation;
import dev.sluice.local.s3.S3Server;
import dev.sluice.local.s3.S3ServerConfig;
import dev.sluice.runtime.kinesis.LocalClients;
import dev.sluice.runtime.kinesis.S3ObjectStore;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// What a consumer whose handler writes and reads objects does and shows while it cannot.
@Timeout(60)
class StoreFaultsIT {

    private static final String BUCKET = "objects";
    private static final String KEY = "batch/1";
    private static final Duration STUCK = KclTuning.DEFAULT.stuckAfter().plusSeconds(1);

    /// More than is kept in memory.
    private static final int SPOOLED = 9 << 20;

    @TempDir private static Path folder;
    private static S3Server server;
    private static S3Client client;

    private final ShardBench bench = ShardBench.acknowledging();
    private final AtomicReference<ObjectStore> store = new AtomicReference<>();

    @BeforeAll
    static void start() {
        server = S3Server.start(S3ServerConfig.in(folder.resolve("s3")).withBuckets(BUCKET));
        client = LocalClients.s3(server.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @AfterEach
    void heal() {
        server.faults().clear();
        client.deleteObject(delete -> delete.bucket(BUCKET).key(KEY));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FAIL", "THROTTLE", "DISK_FULL"})
    void offersTheBatchAgainUntilTheStoreTakesIt(Kind fault) throws InterruptedException {
        store.set(store(client, folder));
        server.faults().add(S3FaultRule.always(fault).on(S3Operation.PUT).under(KEY));
        Thread delivery = deliverUntilItIsRetried(() -> put(1), "s3://objects/" + KEY);

        server.faults().clear();
        writesTheObject(delivery);
    }

    @Test
    void offersTheBatchAgainUntilTheStoreIsBack() throws InterruptedException {
        try (S3Client away = LocalClients.s3(URI.create("http://127.0.0.1:1"))) {
            store.set(store(away, folder));
            Thread delivery = deliverUntilItIsRetried(() -> put(1), "s3://objects/" + KEY);

            store.set(store(client, folder));
            writesTheObject(delivery);
        }
    }

    @Test
    void offersTheBatchAgainUntilItsOwnDiskTakesIt() throws Exception {
        Path spool = folder.resolve("spool");
        store.set(store(client, spool));
        Thread delivery = deliverUntilItIsRetried(() -> put(SPOOLED), spool.toString());

        Files.createDirectory(spool);
        writesTheObject(delivery);
    }

    @Test
    void offersTheBatchAgainUntilAReadNoLongerBreaksOff() throws InterruptedException {
        store.set(store(client, folder));
        put(2);
        server.faults().add(S3FaultRule.always(Kind.CUT_OFF).under(KEY));
        Thread delivery =
                deliverUntilItIsRetried(() -> store.get().read(KEY), "s3://objects/" + KEY);

        server.faults().clear();
        goesOn(delivery);
    }

    private Thread deliverUntilItIsRetried(Runnable effect, String named) {
        bench.open();
        bench.handler.causing(effect);
        Thread delivery = Thread.ofPlatform().start(() -> bench.deliver("1"));
        Waiting.until(() -> bench.count("sluice.consumer.retries", "failure", "transient") > 1);
        bench.pass(STUCK);
        assertThat(bench.status.health(true).why()).contains(named);
        assertThat(bench.log.effects()).doesNotContain("checkpoint 1");
        return delivery;
    }

    private void writesTheObject(Thread delivery) throws InterruptedException {
        goesOn(delivery);
        assertThat(store(client, folder).read(KEY)).isPresent();
    }

    private void goesOn(Thread delivery) throws InterruptedException {
        assertThat(delivery.join(Duration.ofSeconds(20))).isTrue();
        assertThat(bench.log.effects()).endsWith("handle 1", "checkpoint 1");
        assertThat(bench.status.health(true).up()).isTrue();
    }

    private void put(int bytes) {
        try (PendingObject object = store.get().begin(KEY)) {
            object.content().write(new byte[bytes]);
            object.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectStore store(S3Client s3, Path spool) {
        return new S3ObjectStore(s3, BUCKET, spool, InstantSource.system());
    }
}
