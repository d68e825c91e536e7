package dev.sluice.runtime.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.kinesis.FaultAction;
import dev.sluice.local.kinesis.FaultRule;
import dev.sluice.local.kinesis.KinesisServer;
import dev.sluice.local.kinesis.KinesisServerConfig;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// What a publisher does while Kinesis fails on request, and which meter an engineer sees move.
/// `docs/runbooks/faults.md` is the table of these.
class PublisherFaultsIT {

    private static final String LOW = "shardId-000000000000";
    private static final String HIGH = "shardId-000000000001";

    private static KinesisServer server;
    private static KinesisAsyncClient puts;
    private static KinesisAsyncClient others;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StreamName stream = new StreamName("faults-" + UUID.randomUUID());

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = KinesisServer.start(KinesisServerConfig.in(directory));
        puts = LocalClients.kinesis(server.endpoint(), false);
        others = LocalClients.kinesis(server.endpoint(), true);
    }

    @AfterAll
    static void stop() {
        puts.close();
        others.close();
        server.close();
    }

    @BeforeEach
    void create() {
        others.createStream(r -> r.streamName(stream.value()).shardCount(2)).join();
        others.waiter().waitUntilStreamExists(r -> r.streamName(stream.value())).join();
    }

    @AfterEach
    void heal() {
        server.faults().clear();
    }

    @Test
    void sendsOnlyWhatAThrottledShardRefusedAndInOrder() {
        StreamPublisher<String> publisher = publisher(Duration.ofSeconds(10));
        server.faults().add(rule(new FaultAction.Throttle()).onShard(LOW).times(3));

        for (int i = 0; i < 5; i++) {
            publisher.publish(List.of(low("low" + i), high("high" + i)));
        }

        assertThat(stored(LOW)).containsExactly("low0", "low1", "low2", "low3", "low4");
        assertThat(stored(HIGH)).containsExactly("high0", "high1", "high2", "high3", "high4");
        assertThat(records("failed")).isEqualTo(3);
        assertThat(records("stored")).isEqualTo(10);
    }

    @Test
    void sendsOnlyTheRecordsThatFailed() {
        StreamPublisher<String> publisher = publisher(Duration.ofSeconds(10));
        server.faults().add(rule(new FaultAction.FailRecords(1)).times(2));

        publisher.publish(List.of(low("low"), high("high")));

        assertThat(stored(LOW)).containsExactly("low");
        assertThat(stored(HIGH)).containsExactly("high");
        assertThat(records("failed")).isEqualTo(2);
        assertThat(records("stored")).isEqualTo(2);
    }

    @Test
    void storesTwiceRatherThanLoseWhenAnAnswerIsLost() {
        StreamPublisher<String> publisher = publisher(Duration.ofSeconds(10));
        server.faults().add(rule(new FaultAction.DropAnswer()).times(1));

        publisher.publish(List.of(low("once")));

        assertThat(stored(LOW)).containsExactly("once", "once");
        assertThat(records("failed")).isEqualTo(1);
        assertThat(records("stored")).isEqualTo(1);
    }

    @Test
    void sendsAgainAfterAnErrorOfTheService() {
        StreamPublisher<String> publisher = publisher(Duration.ofSeconds(10));
        server.faults().add(rule(new FaultAction.Fail(500, "InternalFailure")).times(2));

        publisher.publish(List.of(low("once")));

        assertThat(stored(LOW)).containsExactly("once");
        assertThat(records("failed")).isEqualTo(2);
    }

    @Test
    void showsASlowServiceInTheTimeOfItsCalls() {
        StreamPublisher<String> publisher = publisher(Duration.ofSeconds(10));
        server.faults().add(rule(new FaultAction.Delay(Duration.ofMillis(400))));

        publisher.publish(List.of(low("slow")));

        assertThat(stored(LOW)).containsExactly("slow");
        assertThat(records("failed")).isZero();
        assertThat(
                        meters.get("sluice.put.calls")
                                .tag("stream", stream.value())
                                .timer()
                                .max(TimeUnit.MILLISECONDS))
                .isGreaterThan(390);
    }

    @Test
    void tellsItsCallerWhenTheDiskOfTheServiceStaysFullAndLosesNothingThatWasAcknowledged() {
        StreamPublisher<String> publisher = publisher(Duration.ofSeconds(1));
        publisher.publish(List.of(low("before")));
        server.faults().add(rule(new FaultAction.DiskFull()));

        assertThatThrownBy(() -> publisher.publish(List.of(low("refused"))))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining(stream.value());
        assertThat(records("failed")).isPositive();
        assertThat(stored(LOW)).containsExactly("before");

        server.faults().clear();
        publisher.publish(List.of(low("after")));
        assertThat(stored(LOW)).containsExactly("before", "after");
    }

    private StreamPublisher<String> publisher(Duration deadline) {
        return new StreamPublisher<>(
                new KinesisStreamClient(puts, others),
                stream,
                values -> values.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toList(),
                PublisherConfig.defaults().withDeadline(deadline),
                meters);
    }

    private FaultRule rule(FaultAction action) {
        return FaultRule.always(action).onOperation("PutRecords").onStream(stream.value());
    }

    private static Keyed<String> low(String value) {
        return new Keyed<>(HashKey.MIN, value);
    }

    private static Keyed<String> high(String value) {
        return new Keyed<>(HashKey.MAX, value);
    }

    private double records(String outcome) {
        return meters.get("sluice.put.records")
                .tag("stream", stream.value())
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private List<String> stored(String shard) {
        String iterator =
                others.getShardIterator(
                                r ->
                                        r.streamName(stream.value())
                                                .shardId(shard)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .join()
                        .shardIterator();
        return others.getRecords(r -> r.shardIterator(iterator)).join().records().stream()
                .map(r -> r.data().asUtf8String())
                .toList();
    }
}
