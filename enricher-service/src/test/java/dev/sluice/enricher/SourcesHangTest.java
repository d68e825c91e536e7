package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.pii.EventRules;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.enricher.ingress.geo.GeoFiles;
import dev.sluice.enricher.ingress.geo.GeoSource;
import dev.sluice.enricher.process.geo.CachedGeoLookup;
import dev.sluice.enricher.process.geo.GeoDatabases;
import dev.sluice.enricher.process.geo.GeoFixtures;
import dev.sluice.enricher.process.geo.GeoLookup;
import dev.sluice.enricher.process.identity.IdentityCache;
import dev.sluice.enricher.process.identity.IdentityDirectory;
import dev.sluice.enricher.process.identity.IdentityEnrichment;
import dev.sluice.enricher.process.identity.IdentityLimits;
import dev.sluice.runtime.identity.DynamoIdentityStore;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.reference.ReferenceFiles;
import dev.sluice.runtime.reference.ReferenceTiming;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// Sources that take a call and never answer, which is worse than to fail: no event waits for one.
@Timeout(60)
class SourcesHangTest {

    private static final SectionedEvent[] EVENTS =
            new Day(5)
                    .sent().stream().limit(400).map(Day.Sent::event).toArray(SectionedEvent[]::new);
    private static final int BATCH = 20;
    private static final EventRules RULES = new EventRules(ContractCatalog.bundled());
    private static final Properties SETTINGS = settings();
    private static final ReferenceTiming OFTEN =
            new ReferenceTiming(Duration.ofMillis(10), Duration.ZERO, Duration.ofMillis(10));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Hang hang = new Hang();

    @TempDir Path spool;

    /// Takes calls and answers none, until it ends.
    private static final class Hang {

        private final CountDownLatch called = new CountDownLatch(2);
        private final CountDownLatch ended = new CountDownLatch(1);

        /// The first call, at the start, is answered.
        void take() {
            called.countDown();
            if (called.getCount() == 0) {
                await(ended);
            }
        }

        static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void newerPlacesThatNeverArriveHoldNothingUp() {
        GeoFiles files = new HangingGeo(hang);
        Reference<GeoDatabases> places =
                Reference.load(
                        "geo",
                        new GeoSource(files, spool, meters),
                        OFTEN,
                        InstantSource.system(),
                        meters);
        List<SectionedEvent> enriched =
                whileHanging(
                        places,
                        rig(
                                Fixtures.identity(),
                                new CachedGeoLookup(places, 100, meters),
                                () -> RULES));

        assertThat(enriched)
                .hasSize(EVENTS.length)
                .allMatch(event -> enrichment(event).contains("\"geo\":{\"country\""));
    }

    @Test
    void newerContractsThatNeverArriveHoldNothingUp() {
        ReferenceFiles files = new HangingContracts(hang);
        Reference<EventRules> contracts =
                Reference.load(
                        "contracts",
                        files,
                        read -> new EventRules(ContractCatalog.of("test", read)),
                        OFTEN,
                        InstantSource.system(),
                        meters);

        assertThat(whileHanging(contracts, rig(Fixtures.identity(), GeoLookup.off(), contracts)))
                .hasSize(EVENTS.length);
        assertThat(contracts.health().up()).isTrue();
    }

    /// Each call for ids is given up after its time, and after some of them none is made for a
    /// while.
    @Test
    void idsThatNobodyAnswersForHoldNextToNothingUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
                DynamoDbAsyncClient dynamo = dynamo(silent)) {
            CircuitBreaker breaker = breaker();
            IdentityDirectory directory =
                    new IdentityDirectory(
                            new DynamoIdentityStore(dynamo, "ids"),
                            new IdentityCache(
                                    10_000,
                                    Duration.ofMinutes(10),
                                    Duration.ofMinutes(1),
                                    System::nanoTime),
                            breaker,
                            100,
                            meters);
            IdentityEnrichment identity =
                    new IdentityEnrichment(
                            Fixtures.PERSONS,
                            directory,
                            new IdentityLimits(3, 100, Duration.ofMillis(300)),
                            System::nanoTime);
            List<SectionedEvent> enriched = enriched(rig(identity, GeoLookup.off(), () -> RULES));

            assertThat(enriched)
                    .hasSize(EVENTS.length)
                    .allMatch(event -> enrichment(event).contains("\"person_id\""))
                    .allMatch(
                            event ->
                                    enrichment(event)
                                            .contains("\"enrichments_failed\":\"identity\""));
            assertThat(breaker.getMetrics().getNumberOfNotPermittedCalls())
                    .as("of %d slices", EVENTS.length / BATCH)
                    .isGreaterThan(EVENTS.length / BATCH / 2);
        }
    }

    /// A shard alone makes a call in the time that one may take, and something more.
    @Test
    void theBreakerOpensForAShardAloneToo() {
        Duration limit =
                Duration.parse("PT" + SETTINGS.getProperty("sluice.enricher.identity.time-limit"));
        int calls = setting("minimum-number-of-calls");

        assertThat(limit.multipliedBy(2L * calls).toSeconds())
                .isLessThan(setting("sliding-window-size"));
    }

    /// Sends the events while the source hangs, which ends only when they are out.
    private List<SectionedEvent> whileHanging(Reference<?> reference, PipelineRig rig) {
        reference.start();
        Hang.await(hang.called);
        try {
            return enriched(rig);
        } finally {
            reference.close();
            hang.ended.countDown();
        }
    }

    private static PipelineRig rig(
            IdentityEnrichment identity, GeoLookup places, Supplier<EventRules> contracts) {
        return new PipelineRig(
                Fixtures.enrichments(identity, places),
                Fixtures.redaction(contracts),
                1 << 20,
                BATCH);
    }

    private static List<SectionedEvent> enriched(PipelineRig rig) {
        rig.feedEach(EVENTS);
        rig.consumer.runUntilIdle();
        return rig.published();
    }

    private static String enrichment(SectionedEvent event) {
        return event.requireEnrichment().asUtf8();
    }

    /// By the service's own settings.
    private static CircuitBreaker breaker() {
        return CircuitBreaker.of(
                "identity",
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                setting("sliding-window-size"),
                                setting("minimum-number-of-calls"),
                                CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                        .failureRateThreshold(setting("failure-rate-threshold"))
                        .permittedNumberOfCallsInHalfOpenState(
                                setting("permitted-number-of-calls-in-half-open-state"))
                        .build());
    }

    private static int setting(String key) {
        return Integer.parseInt(
                SETTINGS.getProperty("resilience4j.circuitbreaker.instances.identity." + key));
    }

    private static Properties settings() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yml"));
        return Objects.requireNonNull(yaml.getObject());
    }

    private static DynamoDbAsyncClient dynamo(ServerSocket at) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + at.getLocalPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .build();
    }

    private record HangingContracts(Hang hang) implements ReferenceFiles {

        @Override
        public Optional<String> version() {
            hang.take();
            return Optional.of("1");
        }

        @Override
        public Map<String, byte[]> read() {
            return ContractCatalog.bundledFiles();
        }

        @Override
        public String place() {
            return "a place that hangs";
        }
    }

    private record HangingGeo(Hang hang) implements GeoFiles {

        @Override
        public SortedMap<String, String> versions() {
            if (hang.called.getCount() == 1) {
                hang.take();
            }
            return new TreeMap<>(Map.of("city.mmdb", "1"));
        }

        @Override
        public void copy(String name, Path to) throws IOException {
            hang.called.countDown();
            Files.write(to, GeoFixtures.file(GeoFixtures.CITY));
        }

        @Override
        public String place() {
            return "a place that hangs";
        }
    }
}
