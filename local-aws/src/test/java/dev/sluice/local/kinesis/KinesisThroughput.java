package dev.sluice.local.kinesis;

import dev.sluice.local.host.FolderTree;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Puts and then gets with the real SDK client against a server in the same process; prints MB/s of
/// record data.
///
/// Arguments: record size in bytes, records in all, shards, [data directory].
final class KinesisThroughput {

    private static final String STREAM = "throughput";
    private static final int IN_FLIGHT = 4;
    private static final int CALL_BYTES = 5_000_000;
    private static final int ROUNDS = 3;

    private final KinesisAsyncClient client;
    private final int size;
    private final int count;

    private KinesisThroughput(KinesisAsyncClient client, int size, int count) {
        this.client = client;
        this.size = size;
        this.count = count;
    }

    public static void main(String[] args) throws Exception {
        int size = Integer.parseInt(args[0]);
        int count = Integer.parseInt(args[1]);
        int shards = Integer.parseInt(args[2]);
        Path data =
                args.length > 3
                        ? Path.of(args[3])
                        : Files.createTempDirectory("kinesis-throughput");
        try (KinesisServer server = KinesisServer.start(KinesisServerConfig.in(data));
                Clients clients = Clients.cbor(server.endpoint())) {
            KinesisThroughput run = new KinesisThroughput(clients.async(), size, count);
            for (int round = 1; round <= ROUNDS; round++) {
                clients.sync().createStream(b -> b.streamName(STREAM).shardCount(shards));
                double put = run.megabytesPerSecond(run::putAll);
                double get = run.megabytesPerSecond(run::getAll);
                System.out.printf(
                        "round %d: %d x %d B on %d shards: put %.0f MB/s, get %.0f MB/s%n",
                        round, count, size, shards, put, get);
                clients.sync().deleteStream(b -> b.streamName(STREAM));
            }
        } finally {
            if (args.length <= 3) {
                FolderTree.delete(data);
            }
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private double megabytesPerSecond(Step step) throws Exception {
        long start = System.nanoTime();
        step.run();
        return (double) size * count / 1e6 / ((System.nanoTime() - start) / 1e9);
    }

    private void putAll() throws InterruptedException {
        byte[] data = new byte[size];
        new Random(1).nextBytes(data);
        SdkBytes shared = SdkBytes.fromByteArrayUnsafe(data);
        int perCall = Math.clamp(CALL_BYTES / size, 1, 500);
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        AtomicLong failed = new AtomicLong();
        for (int sent = 0; sent < count; sent += perCall) {
            List<PutRecordsRequestEntry> entries = new ArrayList<>();
            for (int i = sent; i < Math.min(count, sent + perCall); i++) {
                String key = "key-" + i;
                entries.add(
                        PutRecordsRequestEntry.builder().partitionKey(key).data(shared).build());
            }
            inFlight.acquire();
            var _ =
                    client.putRecords(b -> b.streamName(STREAM).records(entries))
                            .whenComplete(
                                    (answer, error) -> {
                                        failed.addAndGet(
                                                error == null
                                                        ? answer.failedRecordCount()
                                                        : entries.size());
                                        inFlight.release();
                                    });
        }
        inFlight.acquire(IN_FLIGHT);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " records were not put");
        }
    }

    private void getAll() throws Exception {
        List<Thread> readers = new ArrayList<>();
        AtomicLong read = new AtomicLong();
        for (Shard shard : client.listShards(b -> b.streamName(STREAM)).get().shards()) {
            readers.add(Thread.ofVirtual().start(() -> read.addAndGet(readOut(shard.shardId()))));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        if (read.get() != count) {
            throw new IllegalStateException(read + " of " + count + " records were read");
        }
    }

    private long readOut(String shardId) {
        String iterator =
                client.getShardIterator(
                                b ->
                                        b.streamName(STREAM)
                                                .shardId(shardId)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .join()
                        .shardIterator();
        long records = 0;
        while (true) {
            String from = iterator;
            GetRecordsResponse answer = client.getRecords(b -> b.shardIterator(from)).join();
            records += answer.records().size();
            iterator = answer.nextShardIterator();
            if (answer.millisBehindLatest() == 0) {
                return records;
            }
        }
    }
}
