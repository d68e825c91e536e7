package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.ingress.BytesInFlight;
import dev.sluice.collector.warmup.NowhereStream;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// Requests that no SDK sends: none is answered 500, none hangs, and nothing stays behind. Longer:
/// `-Dfuzz.seconds=300`; another seed: `-Dfuzz.seed=7`.
class HttpFuzzIT {

    private static final long SEED = Long.getLong("fuzz.seed", 4);
    private static final Duration LASTS = Duration.ofSeconds(Long.getLong("fuzz.seconds", 20));
    private static final int SENDERS = 4;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final long GROWTH_BYTES = 48L << 20;

    /// `printf %s wk_test | sha256sum`
    private static final String WK_TEST_SHA256 =
            "48f624118098f287a0767fe8cfbb63c2aa9f8c33ec9c222b13ee425b64e2c2ff";

    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();

    @Test
    void answersWhateverComesAndKeepsNothing() throws Exception {
        try (RunningCollector collector =
                RunningCollector.start(
                        new NowhereStream(),
                        "sluice.collector.producers[1].key-sha256=" + WK_TEST_SHA256,
                        "sluice.collector.producers[1].tenant-id=sdk",
                        "sluice.collector.producers[1].source-id=fuzz",
                        "sluice.collector.visitors.honour-opt-out=true",
                        "sluice.collector.visitors.shorten-addresses=true",
                        "sluice.collector.visitors.cookie.enabled=true")) {
            fuzz(collector.port(), LASTS.dividedBy(4));
            long before = heap();
            fuzz(collector.port(), LASTS);

            assertThat(heap() - before).as("growth of the heap").isLessThan(GROWTH_BYTES);
            assertThat(collector.bean(BytesInFlight.class).held()).isZero();
            assertThat(collector.post("{\"event_type\":\"a\"}").status()).isEqualTo(200);
        }
        System.out.println("seed " + SEED + ": " + new TreeMap<>(answers));
        assertThat(answers)
                .containsKeys("200", "400", "401")
                .doesNotContainKeys("500", "hung", "-");
    }

    private void fuzz(int port, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SENDERS; i++) {
                RandomRequests requests = new RandomRequests(SEED * SENDERS + i);
                senders.execute(
                        () -> {
                            while (System.nanoTime() < end) {
                                send(port, requests.next());
                            }
                        });
            }
        }
    }

    private void send(int port, byte[] request) {
        String answer;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            answer = status(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            answer = "hung";
        } catch (IOException e) {
            answer = "-";
        }
        if (answers.computeIfAbsent(answer, each -> new LongAdder()).intValue() == 0
                && !answer.matches("[1-4].*")) {
            System.out.println(answer + " to " + head(request));
        }
        answers.get(answer).increment();
    }

    /// Of an answer that came whole.
    private static String status(InputStream in) throws IOException {
        String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        return answer.startsWith("HTTP/1.1 ") ? answer.substring(9, 12) : "-";
    }

    private static String head(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        return text.substring(0, Math.min(text.length(), 2000));
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
