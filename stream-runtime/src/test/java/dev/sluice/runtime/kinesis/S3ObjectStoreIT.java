package dev.sluice.runtime.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.s3.S3FaultRule;
import dev.sluice.local.s3.S3FaultRule.Kind;
import dev.sluice.local.s3.S3Operation;
import dev.sluice.local.s3.S3Server;
import dev.sluice.local.s3.S3ServerConfig;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectStoreKit;
import dev.sluice.runtime.objects.PendingObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

class S3ObjectStoreIT extends ObjectStoreKit {

    private static final String BUCKET = "objects";

    @TempDir private static Path spool;
    private static S3Server server;
    private static S3Client client;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = S3Server.start(S3ServerConfig.in(directory).withBuckets(BUCKET));
        client = LocalClients.s3(server.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Override
    protected ObjectStore store() {
        return store(client, BUCKET);
    }

    @Override
    protected void failPublications() {
        server.faults().fail(S3Operation.PUT, "", 100);
    }

    @Override
    protected void loseNextAnswer() {
        server.faults().loseAnswer(S3Operation.PUT, "", 1);
    }

    @Override
    protected void damageNextRead() {
        server.faults().corrupt("", 1);
    }

    @Override
    @AfterEach
    protected void heal() {
        server.faults().clear();
    }

    @AfterEach
    void leavesNothingInTheSpoolDirectory() {
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void spoolsALargeObjectToDiskUntilItEnds() throws IOException {
        try (PendingObject pending = store().begin("large")) {
            pending.content().write(new byte[9 << 20]);
            assertThat(spool).isNotEmptyDirectory();
            pending.discard();
            assertThat(spool).isEmptyDirectory();
        }
    }

    @Test
    void asksForABucketThatIsMissing() {
        ObjectStore missing = store(client, "missing");
        assertThatThrownBy(() -> missing.begin("a").publish())
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("s3://missing/a")
                .hasMessageContaining("NoSuchBucket");
        assertThatThrownBy(() -> missing.read("a")).isInstanceOf(SetupFailure.class);
        assertThatThrownBy(() -> missing.list("a")).isInstanceOf(SetupFailure.class);
    }

    @Test
    void readsWhatWasStoredAlthoughTheStoreThrottlesFailsAndBreaksOff() {
        put("read/1", new byte[1 << 20]);
        server.faults().add(S3FaultRule.always(Kind.THROTTLE).on(S3Operation.GET).times(1));
        server.faults().fail(S3Operation.GET, "read/", 1);
        assertThat(store().read("read/1")).hasValueSatisfying(b -> assertThat(b).hasSize(1 << 20));
        assertThat(server.faults().pending()).isZero();
    }

    @Test
    void readsAgainWhatBrokeOffAndNeverGivesAPart() {
        put("cut/1", new byte[1 << 20]);
        server.faults().add(S3FaultRule.always(Kind.CUT_OFF).under("cut/").times(1));
        assertThat(store().read("cut/1")).hasValueSatisfying(b -> assertThat(b).hasSize(1 << 20));
        assertThat(server.faults().pending()).isZero();

        server.faults().add(S3FaultRule.always(Kind.CUT_OFF).under("cut/"));
        assertThatThrownBy(() -> store().read("cut/1"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("s3://objects/cut/1");
    }

    @Test
    void publishesNothingWhileTheDiskOfTheStoreIsFull() {
        server.faults().add(S3FaultRule.always(Kind.DISK_FULL).under("full/"));
        assertThatThrownBy(() -> put("full/1", new byte[100]))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("s3://objects/full/1");
        assertThat(store().list("full/")).isEmpty();

        server.faults().clear();
        put("full/1", new byte[100]);
        assertThat(store().read("full/1")).isPresent();
    }

    @Test
    void publishesNothingWhenItsOwnDiskTakesNoMore(@TempDir Path folder) throws IOException {
        Path gone = folder.resolve("spool");
        ObjectStore full = new S3ObjectStore(client, BUCKET, gone, InstantSource.system());
        try (PendingObject pending = full.begin("spooled/1")) {
            assertThatThrownBy(() -> pending.content().write(new byte[9 << 20]))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining(gone.toString());
        }
        assertThat(store().list("spooled/")).isEmpty();

        Files.createDirectory(gone);
        try (PendingObject pending = full.begin("spooled/1")) {
            pending.content().write(new byte[9 << 20]);
            pending.publish();
        }
        assertThat(store().list("spooled/")).hasSize(1);
    }

    private void put(String key, byte[] bytes) {
        try (PendingObject pending = store().begin(key)) {
            pending.content().write(bytes);
            pending.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysItMayWorkLaterWhenTheStoreIsAway() {
        try (S3Client away = LocalClients.s3(URI.create("http://127.0.0.1:1"))) {
            ObjectStore unreachable = store(away, BUCKET);
            assertThatThrownBy(() -> unreachable.read("a"))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("s3://objects/a");
            assertThatThrownBy(() -> unreachable.list("a")).isInstanceOf(TransientFailure.class);
            assertThatThrownBy(() -> unreachable.delete("a")).isInstanceOf(TransientFailure.class);
        }
    }

    private static ObjectStore store(S3Client s3, String bucket) {
        return new S3ObjectStore(s3, bucket, spool, InstantSource.system());
    }
}
