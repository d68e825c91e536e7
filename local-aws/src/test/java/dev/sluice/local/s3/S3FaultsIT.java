package dev.sluice.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.local.LocalClients;
import dev.sluice.local.s3.S3FaultRule.Kind;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class S3FaultsIT {
    @TempDir static Path folder;

    private static S3Server server;
    private static S3Client client;
    private static S3Client retrying;

    private S3Faults faults;

    @BeforeAll
    static void start() {
        server = S3Server.start(S3ServerConfig.in(folder).withBuckets("events"));
        client = LocalClients.s3WithoutRetries(server.endpoint());
        retrying = LocalClients.s3(server.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        retrying.close();
        server.close();
    }

    @BeforeEach
    void clear() {
        faults = server.faults();
        faults.clear();
    }

    @Test
    void failsTheNextPutsUnderAPrefixAndNothingHappens() {
        faults.fail(S3Operation.PUT, "failing/", 2);

        put(client, "other/1");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() -> put(client, "failing/1"))
                    .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500));
        }
        assertThat(exists("failing/1")).isFalse();

        put(client, "failing/1");
        assertThat(exists("failing/1")).isTrue();
    }

    @Test
    void isOvercomeByARetryOfTheSdk() {
        faults.fail(S3Operation.PUT, "", 1);

        put(retrying, "retried");

        assertThat(faults.pending()).isZero();
        assertThat(exists("retried")).isTrue();
    }

    @Test
    void losesTheAnswerAfterThePutTookEffect() {
        faults.loseAnswer(S3Operation.PUT, "lost/", 1);

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> put(client, "lost/1"));

        assertThat(exists("lost/1")).isTrue();
    }

    @Test
    void makesARetriedCreationFindItsOwnObject() {
        faults.loseAnswer(S3Operation.PUT, "created/", 1);

        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(
                        () ->
                                retrying.putObject(
                                        r -> r.bucket("events").key("created/1").ifNoneMatch("*"),
                                        RequestBody.fromString("x")))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(412));
    }

    @Test
    void losesTheAnswerOfABatchDelete() {
        put(client, "deleted/1");
        faults.loseAnswer(S3Operation.DELETE, "deleted/", 1);

        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(
                        () ->
                                client.deleteObjects(
                                        r ->
                                                r.bucket("events")
                                                        .delete(
                                                                d ->
                                                                        d.objects(
                                                                                ObjectIdentifier
                                                                                        .builder()
                                                                                        .key(
                                                                                                "deleted/1")
                                                                                        .build()))));

        assertThat(exists("deleted/1")).isFalse();
    }

    @Test
    void delaysARead() {
        put(client, "slow");
        faults.delay(S3Operation.GET, "slow", Duration.ofMillis(300), 1);

        long begun = System.nanoTime();
        assertThat(text("slow")).isEqualTo("page_view");

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void corruptsOneReadAndNotTheObject() {
        put(client, "corrupted");
        faults.corrupt("corrupted", 1);

        assertThat(text("corrupted")).isEqualTo("page^view");
        assertThat(text("corrupted")).isEqualTo("page_view");
    }

    @Test
    void failsListsByTheirPrefix() {
        faults.fail(S3Operation.LIST, "raw/", 1);

        assertThat(client.listObjectsV2(r -> r.bucket("events").prefix("nothing/")).contents())
                .isEmpty();
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> client.listObjectsV2(r -> r.bucket("events").prefix("raw/dt=1/")))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500));
    }

    @Test
    void takesBackWhatIsNotUsedUp() {
        faults.fail(S3Operation.PUT, "", 3);
        assertThat(faults.pending()).isEqualTo(3);

        faults.clear();

        put(client, "after-clear");
        assertThat(faults.pending()).isZero();
    }

    @Test
    void refusesAFaultThatNeverHappens() {
        assertThatIllegalArgumentException().isThrownBy(() -> faults.fail(S3Operation.GET, "", 0));
    }

    private static boolean exists(String key) {
        try {
            retrying.headObject(r -> r.bucket("events").key(key));
            return true;
        } catch (NoSuchKeyException e) {
            return false;
        }
    }

    @Test
    void answersSlowDownAndNothingHappens() {
        faults.add(S3FaultRule.always(Kind.THROTTLE).on(S3Operation.PUT).under("throttled/"));

        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> put(client, "throttled/1"))
                .satisfies(
                        e -> {
                            assertThat(e.statusCode()).isEqualTo(503);
                            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
                            assertThat(e.isThrottlingException()).isTrue();
                        });

        assertThat(exists("throttled/1")).isFalse();
    }

    @Test
    void cutsAReadOff() {
        client.putObject(
                r -> r.bucket("events").key("cut/1"), RequestBody.fromBytes(new byte[1 << 20]));
        faults.add(S3FaultRule.always(Kind.CUT_OFF).under("cut/").times(1));

        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> client.getObjectAsBytes(r -> r.bucket("events").key("cut/1")));

        assertThat(client.getObjectAsBytes(r -> r.bucket("events").key("cut/1")).asByteArray())
                .hasSize(1 << 20);
    }

    @Test
    void showsNothingOfAPutThatFillsTheDisk() throws IOException {
        put(client, "full/old");
        faults.add(S3FaultRule.always(Kind.DISK_FULL).under("full/"));

        for (String key : List.of("full/old", "full/new")) {
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() -> put(client, key, "something longer"))
                    .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500));
        }

        assertThat(exists("full/new")).isFalse();
        assertThat(client.getObjectAsBytes(r -> r.bucket("events").key("full/old")).asUtf8String())
                .isNotEqualTo("something longer");
        try (var files = Files.list(server.directory().resolve("events/full"))) {
            assertThat(files).hasSize(1);
        }
        faults.clear();
        put(client, "full/new");
        assertThat(exists("full/new")).isTrue();
    }

    private static void put(S3Client to, String key, String text) {
        to.putObject(r -> r.bucket("events").key(key), RequestBody.fromString(text));
    }

    private static void put(S3Client through, String key) {
        through.putObject(r -> r.bucket("events").key(key), RequestBody.fromString("page_view"));
    }

    private static String text(String key) {
        return client.getObjectAsBytes(r -> r.bucket("events").key(key)).asUtf8String();
    }
}
