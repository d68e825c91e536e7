package dev.sluice.loader.archive;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.loader.Fixtures;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// CPU time of archiving, and what a sidecar adds to its object: 2 KB events of 8000 visitors, 50 a
/// frame, half of them signed in.
///
/// `java -cp <test class path> dev.sluice.loader.archive.ArchiveThroughput [ROUNDS]`; in the first
/// rounds the compilers work.
final class ArchiveThroughput {

    private static final int FRAMES = 400;
    private static final int EVENTS = 50;
    private static final int VISITORS = 8_000;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private ArchiveThroughput() {}

    public static void main(String[] args) {
        List<StreamRecord> records = records();
        long bytes = records.stream().mapToLong(record -> record.data().length).sum();
        System.out.printf("%d frames, %d bytes%n", FRAMES, bytes);
        for (int round = args.length > 0 ? Integer.parseInt(args[0]) : 10; round > 0; round--) {
            FrameScan scan = new FrameScan(new SubjectKeys(ArchiveRig.SECRET));
            double scanned = micros(() -> records.forEach(record -> scan.scan(record.data())));
            MemoryObjectStore objects = new MemoryObjectStore();
            double archived = micros(() -> archive(objects, records));
            System.out.printf(
                    "%.2f µs an event for the look into frames, %.2f for all; sidecars %d bytes, %.2f %%"
                            + " of the objects%n",
                    scanned,
                    archived,
                    size(objects, ".idx"),
                    100.0 * size(objects, ".idx") / size(objects, ".slc"));
        }
    }

    private static void archive(MemoryObjectStore objects, List<StreamRecord> records) {
        ShardHandler handler =
                ArchiveRig.shards(objects, 8 << 20, () -> Fixtures.RECEIVED)
                        .open(ArchiveRig.start(null));
        handler.handle(
                new RecordBatch(
                        new StreamName("sluice-raw"),
                        new ShardId("shardId-000000000000"),
                        records,
                        Duration.ZERO,
                        AckToken.upTo(records.getLast().sequence())));
        handler.drain();
    }

    private static double micros(Runnable work) {
        long before = CPU.getCurrentThreadCpuTime();
        work.run();
        return (CPU.getCurrentThreadCpuTime() - before) / 1e3 / (FRAMES * EVENTS);
    }

    private static long size(MemoryObjectStore objects, String suffix) {
        return objects.list("raw/")
                .filter(object -> object.key().endsWith(suffix))
                .mapToLong(object -> object.size())
                .sum();
    }

    private static List<StreamRecord> records() {
        Random random = new Random(1);
        List<StreamRecord> records = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            List<SectionedEvent> events = new ArrayList<>();
            for (int j = 0; j < EVENTS; j++) {
                events.add(event(random, i * EVENTS + j));
            }
            records.add(
                    new StreamRecord(
                            SequenceNumber.of("495903382714902566081" + (100_000 + i)),
                            Fixtures.RECEIVED,
                            ArchiveRig.frame(events.toArray(SectionedEvent[]::new))));
        }
        return records;
    }

    private static SectionedEvent event(Random random, int number) {
        int visitor = random.nextInt(VISITORS);
        StringBuilder products = new StringBuilder();
        for (int i = 0; i < 14; i++) {
            products.append(i == 0 ? "" : ",")
                    .append(
                            "{\"product_id\":\"p-%d\",\"name\":\"Tent for %d people\",\"price\":%d.90,\"category\":\"camping\"}"
                                    .formatted(
                                            random.nextInt(9999),
                                            random.nextInt(9),
                                            random.nextInt(500)));
        }
        String user = visitor % 2 == 0 ? "\"user_id\":\"user-%d\",".formatted(visitor) : "";
        return ArchiveRig.event(
                "acme",
                "event-" + number,
                Fixtures.RECEIVED.plusMillis(number),
                "{\"event_id\":\"event-%d\",\"event_type\":\"%s\",%s\"anonymous_id\":\"%016x-device\","
                                .formatted(
                                        number,
                                        List.of("page_view", "purchase", "search")
                                                .get(random.nextInt(3)),
                                        user,
                                        visitor * 0x9E3779B97F4A7C15L)
                        + "\"context\":{\"page\":{\"url\":\"https://shop.example/tents/%d?utm_source=mail\",\"title\":\"Tents\"},"
                                .formatted(random.nextInt(9999))
                        + "\"user_agent\":\"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)\",\"locale\":\"de-DE\"},"
                        + "\"properties\":{\"products\":["
                        + products
                        + "]}}");
    }
}
