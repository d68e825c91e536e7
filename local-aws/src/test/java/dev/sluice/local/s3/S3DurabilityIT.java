package dev.sluice.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.local.ChildJvm;
import dev.sluice.local.LocalClients;
import dev.sluice.local.Poll;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;

class S3DurabilityIT {
    @TempDir Path folder;

    @Test
    void keepsObjectsAcrossARestart() {
        var config = S3ServerConfig.in(folder).withBuckets("events");
        try (var server = S3Server.start(config);
                var client = LocalClients.s3(server.endpoint())) {
            put(client, "raw/1", "page_view");
        }
        try (var server = S3Server.start(config);
                var client = LocalClients.s3(server.endpoint())) {
            assertThat(text(client, "raw/1")).isEqualTo("page_view");
        }
    }

    @Test
    void keepsAcknowledgedObjectsAndNoTornOnesWhenTheProcessIsKilled() throws Exception {
        var acknowledged = new ArrayList<String>();
        String sibling = "raw/torn-" + UUID.randomUUID();
        try (var child = ChildJvm.run(S3ServerProcess.class, folder.toString());
                var client = LocalClients.s3WithoutRetries(URI.create(child.nextLine()))) {
            for (int n = 0; n < 100; n++) {
                put(client, "raw/" + n, "object " + n);
                acknowledged.add("raw/" + n);
            }
            put(client, sibling, "an object that is named like a temporary file");
            acknowledged.add(sibling);
            killDuringPut(child, client, "raw/torn");
        }
        try (var server = S3Server.start(S3ServerConfig.in(folder));
                var client = LocalClients.s3(server.endpoint())) {
            assertThat(client.listObjectsV2(r -> r.bucket("events")).contents())
                    .extracting(S3Object::key)
                    .containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(text(client, "raw/99")).isEqualTo("object 99");
            try (var files = Files.list(server.directory().resolve("events/raw"))) {
                assertThat(files).hasSize(acknowledged.size());
            }
        }
    }

    @SuppressWarnings("try") // the body ends before its scope does
    private void killDuringPut(ChildJvm child, S3Client client, String key) throws Exception {
        try (var upload = Executors.newSingleThreadExecutor();
                var source = new PipedInputStream(1 << 16);
                var body = new PipedOutputStream(source)) {
            Path parent = folder.resolve("buckets/events/raw");
            int before = names(parent).size();
            var put =
                    upload.submit(
                            () ->
                                    client.putObject(
                                            r -> r.bucket("events").key(key),
                                            RequestBody.fromInputStream(source, 300_000)));
            body.write(new byte[200_000]);
            Poll.until(() -> names(parent).size() > before, "a put is under way");
            child.kill();
            body.close();
            assertThatExceptionOfType(Exception.class).isThrownBy(put::get);
        }
        assertThat(names(folder.resolve("buckets/events/raw")))
                .anyMatch(n -> n.matches("torn-.{36}"));
    }

    @Test
    void goesAwayAndComesBackOnTheSamePortWithTheSameObjects() {
        var config = S3ServerConfig.in(folder).withBuckets("events");
        try (var server = S3Server.start(config);
                var client = LocalClients.s3WithoutRetries(server.endpoint())) {
            put(client, "raw/1", "page_view");

            server.goAway();
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> text(client, "raw/1"))
                    .isNotInstanceOf(NoSuchKeyException.class);

            server.comeBack();
            assertThat(text(client, "raw/1")).isEqualTo("page_view");
        }
    }

    @Test
    void refusesAFolderThatAnotherServerUses() {
        try (var server = S3Server.start(S3ServerConfig.in(folder))) {
            assertThat(server.directory()).isDirectory();
            assertThatIllegalStateException()
                    .isThrownBy(() -> S3Server.start(S3ServerConfig.in(folder)))
                    .withMessageContaining(folder.toString());
        }
    }

    @Test
    void saysNothingOnStandardOutput() throws Exception {
        try (var child = ChildJvm.run(S3ServerProcess.class, folder.toString());
                var client = LocalClients.s3(URI.create(child.nextLine()))) {
            put(client, "raw/1", "page_view");
            assertThatExceptionOfType(NoSuchKeyException.class)
                    .isThrownBy(() -> text(client, "raw/2"));

            assertThat(child.end()).isEmpty();
        }
    }

    private static List<String> names(Path directory) {
        try (var files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void put(S3Client client, String key, String content) {
        client.putObject(r -> r.bucket("events").key(key), RequestBody.fromString(content));
    }

    private static String text(S3Client client, String key) {
        return client.getObjectAsBytes(r -> r.bucket("events").key(key)).asUtf8String();
    }
}
