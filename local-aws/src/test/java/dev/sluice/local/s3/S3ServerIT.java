package dev.sluice.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.local.LocalClients;
import dev.sluice.local.Poll;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

class S3ServerIT {
    private static final int RACERS = 16;

    @TempDir static Path folder;

    private static S3Server server;
    private static S3Client client;

    @BeforeAll
    static void start() {
        server = S3Server.start(S3ServerConfig.in(folder).withBuckets("events", "lists"));
        client = LocalClients.s3(server.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void givesBackWhatWasPutWithItsMetadata() {
        client.putObject(
                r ->
                        r.bucket("events")
                                .key("raw/día=1/ü")
                                .contentType("application/zstd")
                                .metadata(Map.of("first-sequence", "42")),
                RequestBody.fromString("page_view"));

        var object = client.getObjectAsBytes(r -> r.bucket("events").key("raw/día=1/ü"));
        assertThat(object.asUtf8String()).isEqualTo("page_view");
        assertThat(object.response().metadata()).containsExactly(Map.entry("first-sequence", "42"));
        assertThat(object.response().contentType()).isEqualTo("application/zstd");
        assertThat(client.headObject(r -> r.bucket("events").key("raw/día=1/ü")).contentLength())
                .isEqualTo(9);
    }

    @Test
    void answersARange() {
        put("events", "range", "0123456789");

        assertThat(
                        client.getObjectAsBytes(
                                        r -> r.bucket("events").key("range").range("bytes=2-4"))
                                .asUtf8String())
                .isEqualTo("234");
        assertThat(
                        client.getObjectAsBytes(
                                        r -> r.bucket("events").key("range").range("bytes=-3"))
                                .asUtf8String())
                .isEqualTo("789");
    }

    @Test
    void listsInKeyOrderPageByPage() {
        var keys = IntStream.range(0, 25).mapToObj("dt=1/part-%02d"::formatted).toList();
        keys.reversed().forEach(key -> put("lists", key, "x"));
        put("lists", "dt=2/part-00", "x");

        var pages =
                client.listObjectsV2Paginator(r -> r.bucket("lists").prefix("dt=1/").maxKeys(10));
        assertThat(pages.stream()).hasSize(3);
        assertThat(pages.contents().stream().map(S3Object::key)).containsExactlyElementsOf(keys);
        assertThat(client.listObjectsV2(r -> r.bucket("lists").delimiter("/")).commonPrefixes())
                .extracting(p -> p.prefix())
                .containsExactly("dt=1/", "dt=2/");
    }

    @Test
    void letsOneOfManyCreateAnObject() throws Exception {
        var outcomes =
                race(
                        n ->
                                client.putObject(
                                        r ->
                                                r.bucket("events")
                                                        .key("created-once")
                                                        .ifNoneMatch("*"),
                                        RequestBody.fromString("racer-" + n)));

        assertOneWon(outcomes, "created-once");
    }

    @Test
    void letsOneOfManyReplaceTheVersionTheySaw() throws Exception {
        String seen = put("events", "replaced-once", "first");

        var outcomes =
                race(
                        n ->
                                client.putObject(
                                        r -> r.bucket("events").key("replaced-once").ifMatch(seen),
                                        RequestBody.fromString("racer-" + n)));

        assertOneWon(outcomes, "replaced-once");
    }

    private void assertOneWon(List<Outcome> outcomes, String key) {
        assertThat(outcomes).filteredOn(Outcome::won).hasSize(1);
        assertThat(outcomes)
                .filteredOn(o -> !o.won())
                .extracting(Outcome::status)
                .containsOnly(412);
        int winner = outcomes.stream().filter(Outcome::won).findFirst().orElseThrow().racer();
        assertThat(text("events", key)).isEqualTo("racer-" + winner);
    }

    @Test
    void answersARefusedPutAndTheNextRequestOnItsConnection() {
        try (var impatient = LocalClients.s3WithoutRetries(server.endpoint())) {
            for (int n = 0; n < 20; n++) {
                String key = "refused-" + n;
                put("events", key, "first");
                assertThatExceptionOfType(S3Exception.class)
                        .isThrownBy(
                                () ->
                                        impatient.putObject(
                                                r -> r.bucket("events").key(key).ifMatch("stale"),
                                                RequestBody.fromString("second")))
                        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(412));
                impatient.putObject(
                        r -> r.bucket("events").key(key), RequestBody.fromString("third"));
                assertThat(text("events", key)).isEqualTo("third");
            }
        }
    }

    @Test
    void deletesABatch() {
        List.of("batch/1", "batch/2", "batch/3").forEach(key -> put("events", key, "x"));

        var answer =
                client.deleteObjects(
                        r ->
                                r.bucket("events")
                                        .delete(d -> d.objects(id("batch/1"), id("batch/3"))));

        assertThat(answer.hasErrors()).isFalse();
        assertThat(client.listObjectsV2(r -> r.bucket("events").prefix("batch/")).contents())
                .extracting(S3Object::key)
                .containsExactly("batch/2");
    }

    @Test
    void joinsAMultipartUploadWhenItIsComplete() {
        String part = "p".repeat(5 << 20);
        String id = client.createMultipartUpload(r -> r.bucket("events").key("large")).uploadId();
        var parts = List.of(uploadPart(id, 1, part), uploadPart(id, 2, "end"));
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> text("events", "large"));

        client.completeMultipartUpload(
                r ->
                        r.bucket("events")
                                .key("large")
                                .uploadId(id)
                                .multipartUpload(m -> m.parts(parts)));

        assertThat(text("events", "large")).isEqualTo(part + "end");
    }

    @Test
    @SuppressWarnings("try") // the body ends before its scope does
    void listsAnObjectOnlyWhenItIsWhole() throws Exception {
        try (var upload = Executors.newSingleThreadExecutor();
                var source = new PipedInputStream(1 << 16);
                var body = new PipedOutputStream(source)) {
            var put =
                    upload.submit(
                            () ->
                                    client.putObject(
                                            r -> r.bucket("events").key("slow/object"),
                                            RequestBody.fromInputStream(source, 300_000)));
            body.write(new byte[200_000]);
            Path parent = server.directory().resolve("events/slow");
            Poll.until(
                    () -> Files.isDirectory(parent) && fileCount(parent) == 1,
                    "a put is under way");
            assertThat(slowKeys()).isEmpty();

            body.write(new byte[100_000]);
            body.close();
            put.get();
        }
        assertThat(slowKeys()).containsExactly("slow/object");
    }

    @Test
    void keepsObjectsAsFilesThatOthersCanRead() throws SQLException {
        put("events", "curated/part-1.csv", "type,n\npurchase,3\npage_view,4\n");
        put("events", "curated/part-2.csv", "type,n\npurchase,5\n");

        try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckDb.createStatement();
                var sum =
                        statement.executeQuery(
                                "select sum(n) from read_csv('%s/events/curated/*.csv')"
                                        .formatted(server.directory()))) {
            sum.next();
            assertThat(sum.getInt(1)).isEqualTo(12);
        }
    }

    @Test
    void refusesAnotherSecret() {
        try (var open =
                        S3Server.start(
                                S3ServerConfig.in(folder.resolve("open"))
                                        .withCredentials("local", "another")
                                        .withBuckets("abc"));
                var stranger = LocalClients.s3(open.endpoint())) {
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() -> stranger.listObjectsV2(r -> r.bucket("abc")))
                    .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void refusesWhatIsNoBucketName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3ServerConfig.in(folder).withBuckets("../elsewhere"))
                .withMessageContaining("../elsewhere");
    }

    @Test
    void keepsItsSecretToItself() {
        assertThat(S3ServerConfig.in(folder).withCredentials("local", "hidden"))
                .asString()
                .doesNotContain("hidden");
    }

    @Test
    void namesThePortThatIsTaken() {
        int taken = server.endpoint().getPort();

        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                S3Server.start(
                                        S3ServerConfig.in(folder.resolve("second"))
                                                .withPort(taken)))
                .withMessageContaining("127.0.0.1:" + taken);
    }

    @Test
    void closesMoreThanOnceAndLetsGoOfItsFolder() {
        var config = S3ServerConfig.in(folder.resolve("closed"));
        var first = S3Server.start(config);
        first.close();
        first.close();

        S3Server.start(config).close();
        assertThatIllegalStateException().isThrownBy(first::comeBack);
    }

    private record Outcome(int racer, boolean won, int status) {}

    private interface Attempt {
        void by(int racer);
    }

    private static List<Outcome> race(Attempt attempt)
            throws InterruptedException, ExecutionException {
        var start = new CyclicBarrier(RACERS);
        try (var threads = Executors.newFixedThreadPool(RACERS)) {
            var racers =
                    IntStream.range(0, RACERS)
                            .mapToObj(
                                    n ->
                                            (Callable<Outcome>)
                                                    () -> {
                                                        start.await();
                                                        return outcome(n, attempt);
                                                    })
                            .toList();
            var outcomes = new ArrayList<Outcome>();
            for (var racer : threads.invokeAll(racers)) {
                outcomes.add(racer.get());
            }
            return outcomes;
        }
    }

    private static Outcome outcome(int racer, Attempt attempt) {
        try {
            attempt.by(racer);
            return new Outcome(racer, true, 200);
        } catch (S3Exception e) {
            return new Outcome(racer, false, e.statusCode());
        }
    }

    private static CompletedPart uploadPart(String id, int number, String content) {
        var part =
                client.uploadPart(
                        r -> r.bucket("events").key("large").uploadId(id).partNumber(number),
                        RequestBody.fromString(content, UTF_8));
        return CompletedPart.builder().partNumber(number).eTag(part.eTag()).build();
    }

    private static Set<String> slowKeys() {
        return Set.copyOf(
                client.listObjectsV2(r -> r.bucket("events").prefix("slow/")).contents().stream()
                        .map(S3Object::key)
                        .toList());
    }

    private static long fileCount(Path directory) {
        try (var files = Files.list(directory)) {
            return files.count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String put(String bucket, String key, String content) {
        return client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(content))
                .eTag();
    }

    private static String text(String bucket, String key) {
        return client.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
    }

    private static ObjectIdentifier id(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }
}
