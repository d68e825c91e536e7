package dev.sluice.runtime.publish;

import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// What the group commit itself costs: many callers, values of 2 KB, an encoder that copies, and a
/// stream that answers after a while and keeps nothing.
///
/// Arguments: callers, values per submission, shards, milliseconds per put, seconds.
final class PublisherThroughput {

    private static final int VALUE_BYTES = 2048;

    private PublisherThroughput() {}

    public static void main(String[] args) {
        int callers = Integer.parseInt(args[0]);
        int values = Integer.parseInt(args[1]);
        int shards = Integer.parseInt(args[2]);
        Duration answerTime = Duration.ofMillis(Long.parseLong(args[3]));
        Duration each = Duration.ofSeconds(Long.parseLong(args[4]));
        for (int round = 0; round < 3; round++) {
            LongAdder puts = new LongAdder();
            LongAdder records = new LongAdder();
            try (GroupCommitPublisher<byte[]> publisher =
                    new GroupCommitPublisher<>(
                            answering(shards, answerTime, puts, records),
                            new StreamName("raw"),
                            PublisherThroughput::copied,
                            value -> value.length,
                            GroupCommitConfig.defaults(),
                            new SimpleMeterRegistry())) {
                long cpu = cpuNanos();
                long stored = load(publisher, callers, values, each);
                long used = cpuNanos() - cpu;
                System.out.printf(
                        "%,d values/s, %.2f us of CPU per value, %,d puts, %,d records, %.1f values"
                                + " per record%n",
                        stored / each.toSeconds(),
                        used / 1e3 / stored,
                        puts.sum(),
                        records.sum(),
                        (double) stored / records.sum());
            }
        }
    }

    private static long load(
            GroupCommitPublisher<byte[]> publisher, int callers, int values, Duration time) {
        LongAdder stored = new LongAdder();
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                List<Keyed<byte[]>> batch = new ArrayList<>();
                for (int i = 0; i < values; i++) {
                    HashKey key = HashKey.of("client-" + caller + "-" + i / 10);
                    batch.add(new Keyed<>(key, new byte[VALUE_BYTES]));
                }
                threads.execute(
                        () -> {
                            while (System.nanoTime() < end) {
                                if (publisher.submit(batch)
                                        instanceof Submission.Accepted submission) {
                                    submission.await();
                                    stored.add(values);
                                }
                            }
                        });
            }
        }
        return stored.sum();
    }

    private static StreamClient answering(
            int shards, Duration answerTime, LongAdder puts, LongAdder records) {
        MemoryStreams map = new MemoryStreams();
        map.create(new StreamName("raw"), shards);
        List<OpenShard> open = map.openShards(new StreamName("raw"));
        ShardMap lookup = ShardMap.of(new StreamName("raw"), open);
        return new StreamClient() {
            @Override
            public List<OpenShard> openShards(StreamName stream) {
                return open;
            }

            @Override
            public List<PutResult> put(StreamName stream, List<OutgoingRecord> batch) {
                puts.increment();
                records.add(batch.size());
                LockSupport.parkNanos(answerTime.toNanos());
                List<PutResult> results = new ArrayList<>(batch.size());
                for (OutgoingRecord record : batch) {
                    results.add(
                            new PutResult.Stored(
                                    lookup.shardOf(record.explicitHashKey()).id(),
                                    SequenceNumber.of("1")));
                }
                return results;
            }
        };
    }

    private static List<byte[]> copied(List<byte[]> values) {
        ByteArrayOutputStream record = new ByteArrayOutputStream(values.size() * VALUE_BYTES);
        values.forEach(value -> record.writeBytes(value));
        return List.of(record.toByteArray());
    }

    private static long cpuNanos() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }
}
