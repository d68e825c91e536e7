package dev.sluice.collector.throughput;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

/// What the machine can do at the moment: a measure to hold other figures against.
final class Tokens {

    private static final JsonFactory JSON = new JsonFactory();

    private Tokens() {}

    /// Events of two levels whose tokens a thread reads in a second of its CPU time.
    ///
    /// @param requests with an array of events each
    /// @param duration of each of two rounds, of which the second counts
    static double perCpuSecond(List<byte[]> requests, Duration duration) {
        var _ = round(requests, duration);
        return round(requests, duration);
    }

    private static double round(List<byte[]> requests, Duration duration) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = System.nanoTime() + duration.toNanos();
        long before = threads.getCurrentThreadCpuTime();
        long events = 0;
        while (System.nanoTime() < end) {
            for (byte[] request : requests) {
                events += events(request);
            }
        }
        return events * 1e9 / (threads.getCurrentThreadCpuTime() - before);
    }

    private static int events(byte[] request) {
        int body = 0;
        while (request[body] != '[') {
            body++;
        }
        int events = 0;
        int depth = 0;
        try (JsonParser parser =
                JSON.createParser(
                        ObjectReadContext.empty(), request, body, request.length - body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                events += depth == 1 && token == JsonToken.END_OBJECT ? 1 : 0;
            }
        }
        return events;
    }
}
