package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.books.DynamoBooks;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.kinesis.KinesisStreamClient;
import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.publish.GroupCommitConfig;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamClient;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

class SluiceRuntimeAutoConfigurationTest {

    private static final String[] SETTINGS = {
        "spring.cloud.aws.region.static=eu-central-1",
        "spring.cloud.aws.credentials.access-key=key",
        "spring.cloud.aws.credentials.secret-key=secret"
    };

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    AwsAutoConfiguration.class,
                                    CredentialsProviderAutoConfiguration.class,
                                    RegionProviderAutoConfiguration.class,
                                    SluiceRuntimeAutoConfiguration.class))
                    .withPropertyValues(SETTINGS);

    /// Keeps the event loops that clients share: closing the last of them takes two seconds.
    private static SdkAsyncHttpClient eventLoops;

    @BeforeAll
    static void keepEventLoops() {
        eventLoops = NettyNioAsyncHttpClient.create();
    }

    @AfterAll
    static void releaseEventLoops() {
        eventLoops.close();
    }

    @Test
    void makesEveryClientForTheConfiguredRegion() {
        runner.run(
                context -> {
                    assertThat(context).hasSingleBean(DynamoDbClient.class);
                    assertThat(context).hasSingleBean(DynamoDbAsyncClient.class);
                    assertThat(context).hasSingleBean(CloudWatchAsyncClient.class);
                    assertThat(
                                    context.getBean(KinesisAsyncClient.class)
                                            .serviceClientConfiguration()
                                            .region()
                                            .id())
                            .isEqualTo("eu-central-1");
                    assertThat(
                                    context.getBean(S3Client.class)
                                            .serviceClientConfiguration()
                                            .region()
                                            .id())
                            .isEqualTo("eu-central-1");
                    assertThat(context.getBean(StreamClient.class))
                            .isInstanceOf(KinesisStreamClient.class);
                });
    }

    @Test
    void makesAClientOfEventBridgeOnlyWhereItIsAskedFor() {
        runner.run(context -> assertThat(context).doesNotHaveBean(EventBridgeClient.class));
        runner.withUserConfiguration(EventBridgeConfiguration.class)
                .withPropertyValues("spring.cloud.aws.eventbridge.endpoint=http://127.0.0.1:1005")
                .run(
                        context ->
                                assertThat(
                                                context.getBean(EventBridgeClient.class)
                                                        .serviceClientConfiguration()
                                                        .endpointOverride())
                                        .contains(URI.create("http://127.0.0.1:1005")));
    }

    @Test
    void sendsEachServiceToItsOwnEndpoint() {
        runner.withPropertyValues(
                        "spring.cloud.aws.kinesis.endpoint=http://127.0.0.1:1001",
                        "spring.cloud.aws.dynamodb.endpoint=http://127.0.0.1:1002",
                        "spring.cloud.aws.s3.endpoint=http://127.0.0.1:1003",
                        "spring.cloud.aws.cloudwatch.endpoint=http://127.0.0.1:1004")
                .run(
                        context -> {
                            assertThat(
                                            context.getBean(KinesisAsyncClient.class)
                                                    .serviceClientConfiguration()
                                                    .endpointOverride())
                                    .contains(URI.create("http://127.0.0.1:1001"));
                            assertThat(
                                            context.getBean(
                                                            "kinesisPutClient",
                                                            KinesisAsyncClient.class)
                                                    .serviceClientConfiguration()
                                                    .endpointOverride())
                                    .contains(URI.create("http://127.0.0.1:1001"));
                            assertThat(
                                            context.getBean(DynamoDbAsyncClient.class)
                                                    .serviceClientConfiguration()
                                                    .endpointOverride())
                                    .contains(URI.create("http://127.0.0.1:1002"));
                            assertThat(
                                            context.getBean(DynamoDbClient.class)
                                                    .serviceClientConfiguration()
                                                    .endpointOverride())
                                    .contains(URI.create("http://127.0.0.1:1002"));
                            assertThat(
                                            context.getBean(S3Client.class)
                                                    .serviceClientConfiguration()
                                                    .endpointOverride())
                                    .contains(URI.create("http://127.0.0.1:1003"));
                            assertThat(
                                            context.getBean(CloudWatchAsyncClient.class)
                                                    .serviceClientConfiguration()
                                                    .endpointOverride())
                                    .contains(URI.create("http://127.0.0.1:1004"));
                        });
    }

    @Test
    void leavesRetriesOfPutsToThePublisher() {
        runner.withPropertyValues("sluice.kinesis.put-timeout=3s")
                .run(
                        context -> {
                            var puts =
                                    context.getBean("kinesisPutClient", KinesisAsyncClient.class)
                                            .serviceClientConfiguration()
                                            .overrideConfiguration();
                            assertThat(puts.apiCallTimeout()).contains(Duration.ofSeconds(3));
                            assertThat(puts.retryStrategy().orElseThrow().maxAttempts())
                                    .isEqualTo(1);
                            var reads =
                                    context.getBean(KinesisAsyncClient.class)
                                            .serviceClientConfiguration()
                                            .overrideConfiguration();
                            assertThat(reads.retryStrategy())
                                    .hasValueSatisfying(
                                            strategy ->
                                                    assertThat(strategy.maxAttempts())
                                                            .isGreaterThan(1));
                        });
    }

    @Test
    void hasAnObjectStoreOnceABucketIsNamed() {
        runner.run(context -> assertThat(context).doesNotHaveBean(ObjectStore.class));
        runner.withPropertyValues("sluice.objects.bucket=events")
                .run(
                        context ->
                                assertThat(context.getBean(ObjectStore.class).uri("a/b"))
                                        .isEqualTo("s3://events/a/b"));
    }

    @Test
    void keepsBooksWhereTheyAreImported() {
        runner.run(context -> assertThat(context).doesNotHaveBean(BooksStore.class));
        runner.withUserConfiguration(BooksConfiguration.class)
                .run(
                        context ->
                                assertThat(context.getBean(BooksStore.class))
                                        .isInstanceOf(DynamoBooks.class));
        MemoryBooks books = new MemoryBooks();
        runner.withBean(BooksStore.class, () -> books)
                .withUserConfiguration(BooksConfiguration.class)
                .run(context -> assertThat(context.getBean(BooksStore.class)).isSameAs(books));
    }

    @Test
    void givesWayToTheServicesOwnPorts() {
        MemoryStreams streams = new MemoryStreams();
        MemoryObjectStore objects = new MemoryObjectStore();
        runner.withPropertyValues("sluice.objects.bucket=events")
                .withBean(StreamClient.class, () -> streams)
                .withBean(ObjectStore.class, () -> objects)
                .run(
                        context -> {
                            assertThat(context.getBean(StreamClient.class)).isSameAs(streams);
                            assertThat(context.getBean(ObjectStore.class)).isSameAs(objects);
                        });
    }

    @Test
    void leavesOutWhatIsNotUsed() {
        runner.withPropertyValues(
                        "spring.cloud.aws.kinesis.enabled=false",
                        "spring.cloud.aws.dynamodb.enabled=false",
                        "spring.cloud.aws.cloudwatch.enabled=false",
                        "spring.cloud.aws.s3.enabled=false")
                .run(
                        context -> {
                            assertThat(context).hasNotFailed();
                            assertThat(context).doesNotHaveBean(KinesisAsyncClient.class);
                            assertThat(context).doesNotHaveBean(StreamClient.class);
                            assertThat(context).doesNotHaveBean(DynamoDbClient.class);
                            assertThat(context).doesNotHaveBean(DynamoDbAsyncClient.class);
                            assertThat(context).doesNotHaveBean(CloudWatchAsyncClient.class);
                            assertThat(context).doesNotHaveBean(S3Client.class);
                        });
    }

    @Test
    void bindsHowToPublish() {
        runner.withPropertyValues(
                        "sluice.publisher.deadline=4s",
                        "sluice.publisher.max-bytes-per-put=1MB",
                        "sluice.publisher.group.linger=20ms",
                        "sluice.publisher.group.max-in-flight=16MB")
                .run(
                        context -> {
                            PublisherConfig sending = context.getBean(PublisherConfig.class);
                            assertThat(sending.deadline()).isEqualTo(Duration.ofSeconds(4));
                            assertThat(sending.maxBytesPerPut()).isEqualTo(1 << 20);
                            GroupCommitConfig group = context.getBean(GroupCommitConfig.class);
                            assertThat(group.linger()).isEqualTo(Duration.ofMillis(20));
                            assertThat(group.maxBytesInFlight()).isEqualTo(16L << 20);
                            assertThat(group.sending()).isEqualTo(sending);
                        });
    }

    @Test
    void refusesWrongSettingsByName() {
        runner.withPropertyValues("sluice.publisher.max-records-per-put=501")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("maxRecordsPerPut"));
        runner.withPropertyValues("sluice.publisher.group.linger=2s")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("linger"));
        runner.withPropertyValues("sluice.kinesis.put-timeout=0s")
                .run(
                        context ->
                                assertThat(context)
                                        .getFailure()
                                        .rootCause()
                                        .hasMessageContaining("putTimeout"));
    }

    @Test
    void showsTheHealthOfEachPartByItsName() {
        runner.withBean("reader", HealthSource.class, () -> () -> HealthReport.up(Map.of("x", "1")))
                .withBean(
                        "writer",
                        HealthSource.class,
                        () -> () -> HealthReport.down("stream raw takes no records", Map.of()))
                .run(
                        context -> {
                            CompositeHealthContributor parts =
                                    context.getBean(
                                            "sluiceHealthContributor",
                                            CompositeHealthContributor.class);
                            Health reader = health(parts, "reader");
                            assertThat(reader.getStatus()).isEqualTo(Status.UP);
                            assertThat(reader.getDetails()).isEqualTo(Map.of("x", "1"));
                            Health writer = health(parts, "writer");
                            assertThat(writer.getStatus()).isEqualTo(Status.DOWN);
                            assertThat(writer.getDetails())
                                    .isEqualTo(Map.of("why", "stream raw takes no records"));
                        });
    }

    @Test
    void showsNoHealthWithoutParts() {
        runner.run(context -> assertThat(context).doesNotHaveBean("sluiceHealthContributor"));
    }

    @Test
    void isFoundByAnyBootApplication() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues(SETTINGS)
                .run(context -> assertThat(context).hasSingleBean(StreamClient.class));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private static Health health(CompositeHealthContributor parts, String name) {
        HealthIndicator part = (HealthIndicator) parts.getContributor(name);
        return Objects.requireNonNull(Objects.requireNonNull(part).health());
    }
}
