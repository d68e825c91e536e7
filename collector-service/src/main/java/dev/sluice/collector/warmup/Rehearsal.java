package dev.sluice.collector.warmup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/// Posts to the collector from inside it, for so long or so often, so that what requests run
/// through is loaded and compiled by the time a stranger's request comes.
public final class Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private static final int SENDERS = 4;
    private static final int ENOUGH = 4000;
    private static final int EVENTS = 20;
    private static final String EVENT =
            "{\"event_id\":\"rehearsal-%d\",\"event_type\":\"page_view\",\"anonymous_id\":\"device-%d\","
                    + "\"event_ts\":\"2026-01-02T03:04:05.678Z\",\"context\":{\"page\":{\"url\":"
                    + "\"https://shop.example/a?b=%d\",\"title\":\"caf\u00e9 \\u2615\"},\"locale\":\"en-GB\"},"
                    + "\"properties\":{\"price\":12.5,\"tags\":[\"a\",\"b\",null,true]}}";

    private final String writeKey;
    private final Duration timeLimit;
    private final List<Post> posts = List.of(single(), array(), zipped(array()));

    private record Post(byte[] body, boolean gzip) {}

    public Rehearsal(String writeKey, Duration timeLimit) {
        this.writeKey = writeKey;
        this.timeLimit = timeLimit;
    }

    /// Posts until it is enough. A rehearsal that fails is no reason not to begin.
    ///
    /// @param path what is posted to
    /// @return how many requests were answered 200
    public int run(URI path) {
        long end = System.nanoTime() + timeLimit.toNanos();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SENDERS; i++) {
                CompletableFuture<Void> done =
                        CompletableFuture.runAsync(() -> send(path, end, begun, answered), senders);
                done.exceptionally(
                        failure -> {
                            LOG.warn("the rehearsal failed: {}", failure.getMessage());
                            return null;
                        });
            }
        }
        LOG.info("rehearsed {} requests", answered);
        return answered.get();
    }

    private void send(URI path, long end, AtomicInteger begun, AtomicInteger answered) {
        for (int n = begun.getAndIncrement();
                n < ENOUGH && System.nanoTime() < end;
                n = begun.getAndIncrement()) {
            try {
                if (post(path, posts.get(n % posts.size())) == 200) {
                    answered.incrementAndGet();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private int post(URI path, Post post) throws IOException {
        HttpURLConnection call = (HttpURLConnection) path.toURL().openConnection();
        call.setConnectTimeout((int) timeLimit.toMillis());
        call.setReadTimeout((int) timeLimit.toMillis());
        call.setRequestMethod("POST");
        call.setDoOutput(true);
        call.setFixedLengthStreamingMode(post.body().length);
        call.setRequestProperty("X-Write-Key", writeKey);
        call.setRequestProperty("Content-Type", "application/json");
        if (post.gzip()) {
            call.setRequestProperty("Content-Encoding", "gzip");
        }
        try (OutputStream out = call.getOutputStream()) {
            out.write(post.body());
        }
        int status = call.getResponseCode();
        if (status == 200) {
            call.getInputStream().readAllBytes(); // the connection is used again
        }
        return status;
    }

    private static String event(int i) {
        return EVENT.formatted(i, i, i);
    }

    private static Post single() {
        return new Post(event(0).getBytes(StandardCharsets.UTF_8), false);
    }

    private static Post array() {
        StringBuilder events = new StringBuilder("[");
        for (int i = 0; i < EVENTS; i++) {
            events.append(i == 0 ? "" : ",").append(event(i));
        }
        return new Post(events.append(']').toString().getBytes(StandardCharsets.UTF_8), false);
    }

    private static Post zipped(Post post) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(post.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Post(bytes.toByteArray(), true);
    }
}
