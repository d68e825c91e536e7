package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.collector.RunningCollector.Reply;
import dev.sluice.collector.producers.FileProducerStore;
import dev.sluice.collector.producers.KeyHash;
import dev.sluice.runtime.memory.MemoryStreams;

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
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// What a write key opens, and what it does not.
class ProducersIT {

    private static final String EVENT = "{\"event_type\":\"page_view\",\"event_id\":\"%s\"}";

    @TempDir static Path folder;

    private static MemoryStreams streams;
    private static FileProducerStore store;
    private static RunningCollector collector;

    @BeforeAll
    static void start() {
        streams = RunningCollector.streams();
        Path file = folder.resolve("keys.json");
        store = new FileProducerStore(file);
        KnownKeys.putInto(store);
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
        assertThat(post(KnownKeys.LIMITED, ten).status()).isEqualTo(200);

        Reply refused = post(KnownKeys.LIMITED, ten);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.errorCode()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);

        Reply posthog =
                collector.send(
                        collector
                                .request("/batch")
                                .header("X-Write-Key", KnownKeys.LIMITED)
                                .POST(HttpRequest.BodyPublishers.ofString("{\"batch\":[]}")));
        assertThat(posthog.status()).isEqualTo(503);
        assertThat(posthog.header("Retry-After")).isNotEmpty();
    }

    @Test
    void opensOnlyForThePagesItIsMeantFor() {
        assertThat(
                        post(
                                        KnownKeys.WEB,
                                        EVENT.formatted("w-1"),
                                        "Origin",
                                        "https://shop.example")
                                .status())
                .isEqualTo(200);
        assertThat(post(KnownKeys.WEB, EVENT.formatted("w-2")).status()).isEqualTo(200);

        Reply refused =
                post(KnownKeys.WEB, EVENT.formatted("w-3"), "Origin", "https://evil.example");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("origin_not_allowed");
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://evil.example");
    }

    @Test
    void opensOnlyTheProtocolsItIsMeantFor() {
        Reply refused = post(KnownKeys.SEGMENT_ONLY, EVENT.formatted("p-1"));
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
        String[] headers = signed("nonce-1", body, "Content-Encoding", "gzip");

        assertThat(post(KnownKeys.SIGNED, EVENT.formatted("s-0")).errorCode())
                .isEqualTo("signature_missing");
        assertThat(post(KnownKeys.SIGNED, body, headers).status()).isEqualTo(200);
        Reply copy = post(KnownKeys.SIGNED, body, headers);
        assertThat(copy.status()).isEqualTo(401);
        assertThat(copy.errorCode()).isEqualTo("signature_replayed");
    }

    @Test
    void letsASignedRequestComeAgainThatWasNotStored() {
        byte[] body = EVENT.formatted("s-2").getBytes(StandardCharsets.UTF_8);
        String[] headers = signed("nonce-2", body);
        streams.faults().goAway();
        try {
            assertThat(post(KnownKeys.SIGNED, body, headers).status()).isEqualTo(503);
        } finally {
            streams.faults().heal();
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> post(KnownKeys.SIGNED, body, headers).status() == 200);
    }

    @Test
    void opensANewKeyAtOnceAndClosesARevokedOneAfterTheRefresh() {
        assertThat(post("fresh", EVENT.formatted("f-0")).status()).isEqualTo(401);
        store.put(KnownKeys.free("fresh"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> post("fresh", EVENT.formatted("f-1")).status() == 200);
        store.remove(KeyHash.of("fresh"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> post("fresh", EVENT.formatted("f-2")).status() == 401);
    }

    private static String[] signed(String nonce, byte[] body, String... more) {
        return Stream.of(KnownKeys.signature(nonce, body), more)
                .flatMap(Stream::of)
                .toArray(String[]::new);
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
