package dev.sluice.runtime.kcl;

import static dev.sluice.runtime.kcl.Waiting.until;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.dynamodb.DynamoDbFaultRule;
import dev.sluice.local.kinesis.FaultAction;
import dev.sluice.local.kinesis.FaultRule;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.Journal;
import dev.sluice.runtime.stream.StreamConsumer;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.exceptions.LeasingException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// What a consumer does while Kinesis and DynamoDB fail on request, and which meter an engineer
/// sees move. `docs/runbooks/faults.md` is the table of these.
class ConsumerFaultsIT {

    private static final String SHARD = "shardId-000000000000";

    @TempDir private static Path folder;
    private static LocalCloud cloud;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Journal journal = new Journal();
    private StreamName stream;

    @BeforeAll
    static void startCloud() {
        cloud = new LocalCloud(folder);
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @BeforeEach
    void createStream() {
        stream = cloud.createStream(1);
    }

    @AfterEach
    void heal() {
        cloud.faults().clear();
        cloud.tableFaults().clear();
    }

    @Test
    void showsAGrowingIteratorAgeWhileReadsAreThrottledAndGoesOn() {
        try (StreamConsumer reading = start(KclTuning.LOCAL.failoverTime())) {
            put("before");
            until(() -> journal.texts().contains("before"));
            cloud.faults()
                    .add(
                            FaultRule.always(new FaultAction.Throttle())
                                    .onOperation("GetRecords")
                                    .onStream(stream.value())
                                    .onShard(SHARD));
            put("meanwhile");
            until(() -> millis("sluice.consumer.iterator.age") > 3000);
            assertThat(journal.texts()).containsExactly("before");

            cloud.faults().clear();
            until(() -> journal.texts().contains("meanwhile"));
            until(() -> millis("sluice.consumer.iterator.age") < 1500);
            assertThat(journal.texts()).containsExactly("before", "meanwhile");
            assertThat(reading.health().up()).isTrue();
        }
    }

    @Test
    void defersCheckpointsWhileTheLeaseTableThrottlesAndCoversThemLater() throws Exception {
        // Long enough for a lease that is not renewed to last; a first take that fails is repeated
        // after twice as long.
        try (StreamConsumer reading = start(Duration.ofSeconds(15))) {
            put("before");
            until(() -> checkpoints("written") > 0);
            cloud.tableFaults()
                    .add(
                            DynamoDbFaultRule.always(DynamoDbFaultRule.Kind.THROTTLE)
                                    .onTable(application())
                                    .onOperation("UpdateItem"));
            put("meanwhile");
            until(() -> checkpoints("deferred") > 0);
            assertThat(
                            meters.get("sluice.consumer.retries")
                                    .tag("failure", "transient")
                                    .counter()
                                    .count())
                    .isPositive();
            assertThat(journal.texts()).containsExactly("before", "meanwhile");

            cloud.tableFaults().clear();
            double written = checkpoints("written");
            put("after");
            until(() -> checkpoints("written") > written);
            until(() -> journal.texts().contains("after"));
            assertThat(journal.texts()).containsExactly("before", "meanwhile", "after");
            assertThat(reading.health().up()).isTrue();
        }
        Lease lease = new LeaseThief(cloud, application()).leases().getFirst();
        assertThat(lease.checkpoint().sequenceNumber()).isNotEqualTo("TRIM_HORIZON");
    }

    @Test
    void countsALostLeaseAndReadsOnWhenItHasItAgain() throws LeasingException {
        try (StreamConsumer reading = start(KclTuning.LOCAL.failoverTime())) {
            put("before");
            until(() -> checkpoints("written") > 0);
            journal.failing(Integer.MAX_VALUE);
            put("stolen");
            until(() -> meters.find("sluice.consumer.retries").counter() != null);
            cloud.tableFaults().stealLease(application(), SHARD, "thief");
            until(() -> journal.entries().stream().anyMatch(e -> e.text().equals("abandoned")));
            journal.failing(0);

            until(() -> journal.texts().contains("stolen"));
            assertThat(journal.texts()).containsExactly("before", "stolen");
            assertThat(new LeaseThief(cloud, application()).leases())
                    .singleElement()
                    .satisfies(l -> assertThat(l.leaseOwner()).isEqualTo("one"));
            assertThat(reading.health().up()).isTrue();
        }
    }

    @Test
    void showsHowFarTheClockOfTheServiceIsAhead() {
        try (StreamConsumer reading = start(KclTuning.LOCAL.failoverTime())) {
            cloud.faults()
                    .add(
                            FaultRule.always(new FaultAction.ClockSkew(Duration.ofMinutes(10)))
                                    .onStream(stream.value()));
            put("ahead");
            until(() -> journal.texts().contains("ahead"));
            until(() -> millis("sluice.consumer.clock.skew") > 590_000);

            cloud.faults().clear();
            put("healed");
            until(() -> journal.texts().contains("healed"));
            until(() -> millis("sluice.consumer.clock.skew") == 0);
            assertThat(reading.health().up()).isTrue();
        }
        assertThat(meters.find("sluice.consumer.clock.skew").timeGauge()).isNull();
    }

    private StreamConsumer start(Duration failoverTime) {
        KclTuning local = KclTuning.LOCAL;
        StreamConsumer consumer =
                new KclConsumer(
                        new KclConsumerConfig(
                                application(),
                                stream,
                                "one",
                                new KclTuning(
                                        failoverTime,
                                        local.idleBetweenReads(),
                                        local.maxRecordsPerRead(),
                                        Duration.ZERO,
                                        Duration.ofSeconds(3),
                                        local.stuckAfter(),
                                        local.dispatchInterval(),
                                        local.parentPollInterval(),
                                        local.leasesToStealAtOnce(),
                                        local.seedLeases(),
                                        local.metricsLevel())),
                        cloud.impatientClients(),
                        journal,
                        meters,
                        InstantSource.system());
        consumer.start();
        return consumer;
    }

    /// Of its own, and so is its lease table, which has this name.
    private String application() {
        return stream + "-faults";
    }

    private void put(String text) {
        cloud.put(stream, HashKey.MIN, text.getBytes(StandardCharsets.UTF_8));
    }

    private double millis(String gauge) {
        return meters.get(gauge).timeGauge().value(TimeUnit.MILLISECONDS);
    }

    private double checkpoints(String outcome) {
        Counter counter =
                meters.find("sluice.consumer.checkpoints").tag("outcome", outcome).counter();
        return counter == null ? 0 : counter.count();
    }
}
