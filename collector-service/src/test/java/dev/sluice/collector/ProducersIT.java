package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.collector.RunningCollector.Reply;
import dev.sluice.collector.producers.FileProducerStore;
import dev.sluice.collector.producers.KeyHash;
import dev.sluice.collector.producers.Producer;
import dev.sluice.collector.producers.ProducerKey;
import dev.sluice.collector.producers.Signatures;
import dev.sluice.collector.producers.SigningSecret;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.memory.MemoryStreams;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/// What a write key opens, and what it does not.
class ProducersIT {

    private static final String EVENT = "{\"event_type\":\"page_view\",\"event_id\":\"%s\"}";
    private static final SigningSecret SECRET = new SigningSecret("0123456789abcdef");

    @TempDir static Path folder;

    private static MemoryStreams streams;
    private static FileProducerStore store;
    private static RunningCollector collector;

    @BeforeAll
    static void start() {
        streams = RunningCollector.streams();
        Path file = folder.resolve("keys.json");
        store = new FileProducerStore(file);
        store.put(key("limited", Set.of(), Set.of(), null, 5));
        store.put(key("web", Set.of("https://shop.example"), Set.of(), null, 0));
        store.put(key("segment-only", Set.of(), Set.of("segment"), null, 0));
        store.put(key("signed", Set.of(), Set.of(), SECRET, 0));
        collector =
                RunningCollector.start(
                        streams,
                        "sluice.collector.keys.file=" + file,
                        "sluice.collector.keys.refresh=1s");
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @Test
    void answers429WithAWaitToWhoSendsTooMuch() {
        String ten = "[" + (EVENT.formatted("l") + ",").repeat(9) + EVENT.formatted("l") + "]";
        assertThat(post("limited", ten).status()).isEqualTo(200);

        Reply refused = post("limited", ten);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.errorCode()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);

        Reply posthog =
                collector.send(
                        collector
                                .request("/batch")
                                .header("X-Write-Key", "limited")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"batch\":[]}")));
        assertThat(posthog.status()).isEqualTo(503);
        assertThat(posthog.header("Retry-After")).isNotEmpty();
    }

    @Test
    void opensOnlyForThePagesItIsMeantFor() {
        assertThat(post("web", EVENT.formatted("w-1"), "Origin", "https://shop.example").status())
                .isEqualTo(200);
        assertThat(post("web", EVENT.formatted("w-2")).status()).isEqualTo(200);

        Reply refused = post("web", EVENT.formatted("w-3"), "Origin", "https://evil.example");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("origin_not_allowed");
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://evil.example");
    }

    @Test
    void opensOnlyTheProtocolsItIsMeantFor() {
        Reply refused = post("segment-only", EVENT.formatted("p-1"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("protocol_not_allowed");
        assertThat(
                        collector
                                .send(
                                        collector
                                                .request("/v1/page?writeKey=segment-only")
                                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void asksForASignatureOverTheBodyAsItWasSent() throws IOException {
        byte[] body = gzipped(EVENT.formatted("s-1"));
        String now = Long.toString(Instant.now().getEpochSecond());
        String signature = Signatures.sign(SECRET, now, "nonce-1", body, body.length);
        String[] headers = {
            "Content-Encoding",
            "gzip",
            "X-Sluice-Timestamp",
            now,
            "X-Sluice-Nonce",
            "nonce-1",
            "X-Sluice-Signature",
            signature
        };

        assertThat(post("signed", EVENT.formatted("s-0")).errorCode())
                .isEqualTo("signature_missing");
        assertThat(post("signed", body, headers).status()).isEqualTo(200);
        Reply copy = post("signed", body, headers);
        assertThat(copy.status()).isEqualTo(401);
        assertThat(copy.errorCode()).isEqualTo("signature_replayed");
    }

    @Test
    void letsASignedRequestComeAgainThatWasNotStored() {
        byte[] body = EVENT.formatted("s-2").getBytes(StandardCharsets.UTF_8);
        String now = Long.toString(Instant.now().getEpochSecond());
        String[] headers = {
            "X-Sluice-Timestamp",
            now,
            "X-Sluice-Nonce",
            "nonce-2",
            "X-Sluice-Signature",
            Signatures.sign(SECRET, now, "nonce-2", body, body.length)
        };
        streams.faults().goAway();
        try {
            assertThat(post("signed", body, headers).status()).isEqualTo(503);
        } finally {
            streams.faults().heal();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> post("signed", body, headers).status() == 200);
    }

    @Test
    void opensANewKeyAtOnceAndClosesARevokedOneAfterTheRefresh() {
        assertThat(post("fresh", EVENT.formatted("f-0")).status()).isEqualTo(401);
        store.put(key("fresh", Set.of(), Set.of(), null, 0));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> post("fresh", EVENT.formatted("f-1")).status() == 200);
        store.remove(KeyHash.of("fresh"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> post("fresh", EVENT.formatted("f-2")).status() == 401);
    }

    private static ProducerKey key(
            String key,
            Set<String> origins,
            Set<String> protocols,
            @Nullable SigningSecret signing,
            long eventsPerSecond) {
        return new ProducerKey(
                KeyHash.of(key),
                new Producer(
                        new TenantId("shop"),
                        new SourceId(key),
                        origins,
                        protocols,
                        signing,
                        eventsPerSecond,
                        0),
                Instant.EPOCH,
                null);
    }

    private static Reply post(String key, String body, String... headers) {
        return post(key, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static Reply post(String key, byte[] body, String... headers) {
        HttpRequest.Builder request = collector.request("/v1/events").header("X-Write-Key", key);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return collector.send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static byte[] gzipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
