package dev.sluice.collector.throughput;

import org.HdrHistogram.ConcurrentHistogram;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Requests over connections that stay open. Cheap, because it shares the machine with what it
/// measures.
final class Load {

    private final int port;
    private final List<byte[]> requests;
    private final AtomicInteger next = new AtomicInteger();
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    /// @param requests whole ones, as they go over the wire
    Load(int port, List<byte[]> requests) {
        this.port = port;
        this.requests = requests;
    }

    /// @param times in microseconds, by status; 0 for no answer
    record Result(Map<Integer, ConcurrentHistogram> times) {

        long answers(int status) {
            ConcurrentHistogram histogram = times.get(status);
            return histogram == null ? 0 : histogram.getTotalCount();
        }

        double millis(int status, double percentile) {
            ConcurrentHistogram histogram = times.get(status);
            return histogram == null ? 0 : histogram.getValueAtPercentile(percentile) / 1000.0;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            times.forEach(
                    (status, histogram) ->
                            text.append(
                                    String.format(
                                            Locale.ROOT,
                                            "  %d: %,d (P50 %.1f ms, P99 %.1f ms, max %.1f ms)",
                                            status,
                                            histogram.getTotalCount(),
                                            millis(status, 50),
                                            millis(status, 99),
                                            millis(status, 100))));
            return text.toString();
        }
    }

    /// As fast as so many connections can.
    Result run(int connections, Duration duration) {
        Tally tally = new Tally();
        long end = System.nanoTime() + duration.toNanos();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                senders.execute(
                        () -> {
                            while (System.nanoTime() < end) {
                                post(tally);
                            }
                        });
            }
        }
        return tally.result();
    }

    /// At a rate that does not depend on the answers.
    ///
    /// @param rate requests a second
    Result run(double rate, Duration duration) throws InterruptedException {
        Tally tally = new Tally();
        long start = System.nanoTime();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long n = 0; n < rate * duration.toSeconds(); n++) {
                long due = start + (long) (n * 1e9 / rate);
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                senders.execute(() -> post(tally));
            }
        }
        return tally.result();
    }

    private void post(Tally tally) {
        Connection connection = idle.pollLast();
        long start = System.nanoTime();
        try {
            if (connection == null) {
                connection = new Connection(port);
            }
            connection.out.write(
                    requests.get(Math.floorMod(next.getAndIncrement(), requests.size())));
            Answer answer = answer(connection.in);
            tally.answered(answer.status(), System.nanoTime() - start);
            if (answer.closes()) {
                connection.socket.close();
            } else {
                idle.addLast(connection);
            }
        } catch (IOException broken) {
            tally.answered(0, System.nanoTime() - start);
        }
    }

    private static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            in = new BufferedInputStream(socket.getInputStream(), 4096);
            out = socket.getOutputStream();
        }
    }

    private static final class Tally {
        private final Map<Integer, ConcurrentHistogram> times = new ConcurrentHashMap<>();

        void answered(int status, long nanos) {
            times.computeIfAbsent(status, each -> new ConcurrentHistogram(3))
                    .recordValue(nanos / 1000);
        }

        Result result() {
            return new Result(new TreeMap<>(times));
        }
    }

    /// @param closes whether the server ends the connection with it
    private record Answer(int status, boolean closes) {}

    private static Answer answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).substring(9, 12));
        int length = 0;
        boolean closes = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            closes |= line.equalsIgnoreCase("connection: close");
        }
        in.skipNBytes(length);
        return new Answer(status, closes);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /// A `POST` to the native path.
    ///
    /// @param coding of the body; `identity` for none
    static byte[] request(byte[] body, String coding) {
        byte[] head =
                ("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nX-Write-Key: "
                                + MeasuredProcess.KEY
                                + "\r\nContent-Type: application/json\r\nContent-Encoding: "
                                + coding
                                + "\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }
}
