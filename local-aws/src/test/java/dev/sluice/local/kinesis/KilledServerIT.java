package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.ChildJvm;
import dev.sluice.local.Poll;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// `kill -9` in the middle of writing: what was acknowledged is there, once, in order.
final class KilledServerIT {

    private static final String STREAM = "killed";
    private static final int WRITERS = 4;
    private static final int ROUNDS = 3;
    private static final int PER_CALL = 40;
    private static final int ACKNOWLEDGED_PER_ROUND = 2000;

    /// Text by sequence number, of all that was ever acknowledged.
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    @Test
    void losesNothingAcknowledgedWhenItsProcessIsKilled(@TempDir Path data) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            writeUntilKilled(data, round);
        }
        Map<String, String> found = new HashMap<>();
        try (KinesisServer server = KinesisServer.start(KinesisServerConfig.in(data));
                KinesisClient client = Clients.sync(server.endpoint())) {
            Probe probe = new Probe(client);
            probe.shards(STREAM).stream()
                    .flatMap(s -> probe.readAll(probe.horizon(STREAM, s.shardId())).stream())
                    .forEach(
                            r ->
                                    assertThat(
                                                    found.put(
                                                            r.sequenceNumber(),
                                                            r.data().asUtf8String()))
                                            .isNull());
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS * ACKNOWLEDGED_PER_ROUND);
        assertThat(found).containsAllEntriesOf(acknowledged);
    }

    private void writeUntilKilled(Path data, int round) throws Exception {
        try (ChildJvm child = ChildJvm.run(KinesisServerProcess.class, data.toString());
                KinesisClient client = Clients.sync(URI.create(child.nextLine()))) {
            if (round == 0) {
                client.createStream(b -> b.streamName(STREAM).shardCount(2));
            }
            int before = acknowledged.size();
            List<Thread> writers =
                    IntStream.range(0, WRITERS)
                            .mapToObj(
                                    w ->
                                            Thread.ofVirtual()
                                                    .start(() -> write(client, round + "-" + w)))
                            .toList();
            Poll.until(
                    () -> acknowledged.size() - before >= ACKNOWLEDGED_PER_ROUND,
                    "enough is acknowledged");
            child.kill();
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }

    /// Puts batches until the server is gone.
    private void write(KinesisClient client, String writer) {
        for (int call = 0; ; call++) {
            String prefix = writer + "-" + call + "-";
            List<PutRecordsRequestEntry> entries =
                    IntStream.range(0, PER_CALL)
                            .mapToObj(i -> Probe.entry("k" + i, prefix + i + "x".repeat(500)))
                            .toList();
            try {
                PutRecordsResponse answer =
                        client.putRecords(b -> b.streamName(STREAM).records(entries));
                for (int i = 0; i < PER_CALL; i++) {
                    if (answer.records().get(i).errorCode() == null) {
                        acknowledged.put(
                                answer.records().get(i).sequenceNumber(),
                                entries.get(i).data().asUtf8String());
                    }
                }
            } catch (SdkException e) {
                return;
            }
        }
    }
}
