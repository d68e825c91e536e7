package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.runtime.kcl.KclClients;
import dev.sluice.runtime.kcl.KclConsumerConfig;
import dev.sluice.runtime.kcl.KclTuning;
import dev.sluice.runtime.kcl.LocalCloud;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.Journal;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

@Timeout(60)
class KclConfigurationIT {

    private static final ShardHandlerFactory UNUSED =
            _ -> {
                throw new IllegalStateException("not read in this test");
            };

    @TempDir private static Path folder;
    private static LocalCloud cloud;

    @BeforeAll
    static void startCloud() {
        cloud = new LocalCloud(folder);
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @Test
    void readsOneStreamForTwoApplicationsAndDrainsThemBeforeAnythingElseCloses() {
        StreamName stream = cloud.createStream(1);
        ShardId shard = cloud.put(stream, HashKey.MIN, "one".getBytes(StandardCharsets.UTF_8));
        Journal archive = new Journal().holding();
        Journal publish = new Journal().holding();
        try (var context = context(Map.of("sluice.kcl.failover-time", "1s"))) {
            // Destroyed with the other beans: by then the handlers are to be drained.
            context.registerBean(
                    "sink", DisposableBean.class, () -> () -> archive.note(shard, "sink closed"));
            context.refresh();
            KclConsumers consumers = context.getBean(KclConsumers.class);
            consumers.create(stream + "-archive", stream, archive);
            consumers.create(stream + "-publish", stream, publish);
            assertThat(consumers.isRunning()).isTrue();
            until(() -> archive.of(shard).contains("one") && publish.of(shard).contains("one"));

            assertThat(consumers.health().up()).isTrue();
            assertThat(consumers.health().details())
                    .containsEntry(
                            stream + "-archive.worker",
                            KclConsumerConfig.hostName() + "/" + stream + "-archive");
        }
        assertThat(archive.entries())
                .extracting(Journal.Entry::text)
                .containsExactly("one", "drained", "sink closed");
        assertThat(publish.entries()).extracting(Journal.Entry::text).endsWith("drained");
    }

    @Test
    void readsOnWhenTheContextStartsAgain() {
        StreamName stream = cloud.createStream(1);
        Journal journal = new Journal();
        try (var context = context(Map.of())) {
            context.refresh();
            context.getBean(KclConsumers.class).create("again-" + stream, stream, journal);
            cloud.put(stream, HashKey.MIN, "before".getBytes(StandardCharsets.UTF_8));
            until(() -> journal.texts().contains("before"));
            context.stop();
            cloud.put(stream, HashKey.MIN, "between".getBytes(StandardCharsets.UTF_8));
            context.start();

            until(() -> journal.texts().contains("between"));
            assertThat(journal.texts()).containsExactly("before", "between");
        }
    }

    @Test
    void startsLastAndStopsFirst() {
        try (var context = context(Map.of())) {
            context.refresh();

            assertThat(context.getBean(KclConsumers.class).getPhase()).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void hasTheDefaultsOfTheTuning() {
        try (var context = context(Map.of())) {
            context.refresh();

            assertThat(context.getBean(KclProperties.class).tuning()).isEqualTo(KclTuning.DEFAULT);
        }
    }

    @Test
    void takesEveryPropertyFromTheEnvironment() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("sluice.kcl.worker", "task-7");
        properties.put("sluice.kcl.idle-between-reads", "250ms");
        properties.put("sluice.kcl.seed-leases", "false");
        try (var context = context(properties)) {
            context.refresh();
            KclProperties bound = context.getBean(KclProperties.class);

            assertThat(bound.workerOrHost()).isEqualTo("task-7");
            assertThat(bound.idleBetweenReads()).isEqualTo(Duration.ofMillis(250));
            assertThat(bound.seedLeases()).isFalse();
        }
    }

    @Test
    void failsToStartWithAValueOutsideItsRange() {
        try (var context = context(Map.of("sluice.kcl.failover-time", "1ms"))) {
            assertThat(catchThrowable(context::refresh))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .hasStackTraceContaining("failover time under 500 ms");
        }
    }

    @Test
    void refusesASecondConsumerOfAnApplication() {
        StreamName stream = new StreamName("any");
        try (var context = context(Map.of())) {
            context.refresh();
            KclConsumers consumers = context.getBean(KclConsumers.class);
            context.stop();
            consumers.create("twice", stream, UNUSED);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> consumers.create("twice", stream, UNUSED))
                    .withMessageContaining("twice");
        }
    }

    private static AnnotationConfigApplicationContext context(Map<String, Object> properties) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", properties));
        KclClients clients = cloud.clients(new AtomicBoolean());
        context.registerBean(KinesisAsyncClient.class, clients::kinesis);
        context.registerBean(DynamoDbAsyncClient.class, clients::dynamo);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.register(KclConfiguration.class);
        return context;
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not come true within 30 s");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
