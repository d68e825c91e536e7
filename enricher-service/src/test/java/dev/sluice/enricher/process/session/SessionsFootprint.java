package dev.sluice.enricher.process.session;

import dev.sluice.runtime.stream.HashKey;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/// What devices and sessions take of the heap and of a snapshot, and how long it takes to write,
/// report and extend them.
///
/// `java -Xmx3g -cp <test class path> dev.sluice.enricher.process.session.SessionsFootprint
/// [DEVICES]`
final class SessionsFootprint {

    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

    private static final int SLICE = 2000;

    private SessionsFootprint() {}

    /// @param arguments devices, each with one open session
    public static void main(String[] arguments) throws IOException {
        int devices = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500_000;
        OpenSessions sessions =
                new OpenSessions(
                        new SessionRules(
                                Duration.ofMinutes(30),
                                Duration.ofHours(2),
                                Duration.ofHours(24),
                                Duration.ofMinutes(1),
                                Set.of("purchase"),
                                false,
                                false,
                                Integer.MAX_VALUE));
        sessions.advance(START, change -> {});
        long empty = used();
        for (int i = 0; i < devices; i++) {
            place(sessions, i, 0);
        }
        sessions.commit();
        long open = used();
        print("bytes a device with an open session", (open - empty) / (double) devices);
        for (int round = 1; round <= 3; round++) {
            double spent = 0;
            for (int i = 0; i < devices; i += SLICE) {
                Visit[] visits = new Visit[SLICE];
                HashKey[] keys = new HashKey[SLICE];
                for (int j = 0; j < SLICE; j++) {
                    visits[j] = visit((i + j) % devices, round);
                    keys[j] = HashKey.of("shop/" + visits[j].anonymousId());
                }
                long start = System.nanoTime();
                for (int j = 0; j < SLICE; j++) {
                    sessions.place(keys[j], visits[j], change -> {});
                }
                sessions.commit();
                spent += micros(start);
            }
            print("us an event of an open session", spent / devices);
        }
        long start = System.nanoTime();
        long bytes = snapshot(sessions);
        print("ms a snapshot of all", micros(start) / 1000);
        print("bytes a device in it", bytes / (double) devices);
        start = System.nanoTime();
        sessions.advance(START.plus(Duration.ofMinutes(5)), change -> {});
        sessions.commit();
        print("ms a report of all", micros(start) / 1000);
        start = System.nanoTime();
        sessions.advance(START.plus(Duration.ofMinutes(6)), change -> {});
        print("ms a report of nothing", micros(start) / 1000);
        sessions.advance(START.plus(Duration.ofHours(4)), change -> {});
        sessions.commit();
        print("bytes a device without a session", (used() - empty) / (double) devices);
    }

    private static void place(OpenSessions sessions, int device, int minute) {
        Visit visit = visit(device, minute);
        sessions.place(HashKey.of("shop/" + visit.anonymousId()), visit, change -> {});
    }

    private static Visit visit(int device, int minute) {
        String id = "3f1c7a52-9f5e-4d5b-8d0e-%012d".formatted(device);
        return new Visit(
                "shop",
                "event-" + device,
                START.toEpochMilli() * 1000 + minute * 60_000_000L,
                id,
                null,
                "p" + id,
                null,
                true,
                false,
                "https://shop.example/products/category/item-" + device % 1000,
                "https://www.google.com/",
                new Visit.Traffic("organic_search", "google", "organic", null),
                "phone",
                "DE",
                false);
    }

    private static long snapshot(OpenSessions sessions) throws IOException {
        long[] bytes = new long[1];
        OutputStream counting =
                new OutputStream() {
                    @Override
                    public void write(int unit) {
                        bytes[0]++;
                    }

                    @Override
                    public void write(byte[] units, int from, int length) {
                        bytes[0] += length;
                    }
                };
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(counting, 1 << 16));
        sessions.writeAll(out);
        out.flush();
        return bytes[0];
    }

    private static double micros(long start) {
        return (System.nanoTime() - start) / 1000.0;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void print(String what, double figure) {
        System.out.printf(Locale.ROOT, "%s: %.2f%n", what, figure);
    }
}
