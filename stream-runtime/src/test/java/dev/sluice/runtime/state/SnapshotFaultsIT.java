package dev.sluice.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.local.s3.S3FaultRule;
import dev.sluice.local.s3.S3FaultRule.Kind;
import dev.sluice.local.s3.S3Server;
import dev.sluice.local.s3.S3ServerConfig;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.kinesis.LocalClients;
import dev.sluice.runtime.kinesis.S3ObjectStore;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryLeases;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A state whose snapshots lie in S3, while S3's reads are damaged on their way.
class SnapshotFaultsIT {

    private static final StreamName STREAM = new StreamName("texts");
    private static final Map<String, Integer> READ = Map.of("a", 2, "b", 1);

    @TempDir private static Path folder;
    private static S3Server server;
    private static S3Client client;

    private final String application = "app-" + UUID.randomUUID();
    private final String prefix = "state/" + application + "/";
    private final MemoryStreams streams = new MemoryStreams();
    private final MemoryLeases leases = new MemoryLeases();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Counter> counters = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = S3Server.start(S3ServerConfig.in(folder.resolve("s3")).withBuckets("state"));
        client = LocalClients.s3(server.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void readThreeTextsAndDie() {
        streams.create(STREAM, 1);
        put("a", "b", "a");
        read();
        assertThat(counted()).isEqualTo(READ);
    }

    @AfterEach
    void heal() {
        server.faults().clear();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CORRUPT", "CUT_OFF"})
    void remembersAfterOneDamagedRead(Kind fault) {
        server.faults().add(S3FaultRule.always(fault).under(prefix).times(1));
        put("b");
        read();

        assertThat(server.faults().pending()).as("faults that did not strike").isZero();
        assertThat(counted()).isEqualTo(Map.of("a", 2, "b", 2));
        assertThat(coldStarts()).isZero();
    }

    @Test
    void startsColdWhenEveryReadIsCorruptAndGoesOn() {
        server.faults().add(S3FaultRule.always(Kind.CORRUPT).under(prefix));
        put("c");
        read();
        assertThat(counted()).isEqualTo(Map.of("c", 1));
        assertThat(coldStarts()).isOne();

        server.faults().clear();
        put("d");
        read();
        assertThat(counted()).isEqualTo(Map.of("c", 1, "d", 1));
        assertThat(coldStarts()).isOne();
    }

    /// That is seen at once, and is no fault of the snapshot: it is waited for.
    @Test
    void forgetsNothingWhenEveryReadBreaksOff() {
        server.faults().add(S3FaultRule.always(Kind.CUT_OFF).under(prefix));
        put("b");
        assertThatThrownBy(this::read)
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("s3://state/" + prefix);

        server.faults().clear();
        read();
        assertThat(counted()).isEqualTo(Map.of("a", 2, "b", 2));
        assertThat(coldStarts()).isZero();
    }

    /// A process reads what is there and dies.
    private void read() {
        counters.clear();
        MemoryConsumer consumer = new MemoryConsumer(streams, STREAM, shards(), leases, 1000, 1);
        consumer.start();
        try {
            consumer.runUntilIdle();
        } finally {
            consumer.crash();
        }
    }

    private StatefulShards shards() {
        return new StatefulShards(
                application,
                new S3ObjectStore(client, "state", folder, InstantSource.system()),
                meters,
                start -> {
                    Counter counter = new Counter(start, false);
                    counters.add(counter);
                    return counter;
                });
    }

    private void put(String... texts) {
        for (String text : texts) {
            streams.put(
                    STREAM, List.of(new OutgoingRecord(HashKey.of(text), text.getBytes(UTF_8))));
        }
    }

    private Map<String, Integer> counted() {
        return counters.getLast().counts.all();
    }

    private double coldStarts() {
        return meters.get("sluice.state.cold.starts").tag("reason", "corrupt").counter().count();
    }
}
