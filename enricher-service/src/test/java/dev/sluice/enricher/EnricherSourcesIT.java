package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.enricher.process.geo.GeoFixtures;
import dev.sluice.local.s3.S3FaultRule;
import dev.sluice.local.s3.S3FaultRule.Kind;
import dev.sluice.local.s3.S3Operation;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The whole enricher with places and contracts in the bucket, which change, are damaged and fail
/// while it runs.
class EnricherSourcesIT {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final String CITY = "geo/city.mmdb";
    private static final String POLL =
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "$id": "urn:sluice:contract:poll:1-0-0", "title": "Poll",
             "description": "Somebody answered.",
             "x-owner": {"team": "a", "contact": "a@example.com"}, "type": "object",
             "properties": {"answer": {"type": "string", "description": "What was said.",
              "maxLength": 64, "x-pii": "drop", "x-since": "1-0-0"}},
             "additionalProperties": true, "examples": [{"answer": "often"}]}""";

    @TempDir private Path folder;

    @Test
    void takesWhatIsNewAndGoesOnWithoutWhatIsAway() {
        try (LocalLine local = new LocalLine(folder)) {
            for (String stream : List.of("valid", "enriched", "quarantine", "derived")) {
                local.createStream("sluice-" + stream);
            }
            local.publishContracts(ContractCatalog.bundledFiles());
            local.putObject(CITY, GeoFixtures.file(GeoFixtures.CITY));
            try (ConfigurableApplicationContext service = service(local)) {
                assertThat(enriched(local, "1")).contains("\"country\":\"GB\"", "often");

                local.putObject(CITY, GeoFixtures.file(GeoFixtures.BROKEN_TREE));
                awaitHealth(service, "geo", "city.mmdb is damaged");
                assertThat(enriched(local, "2")).contains("\"country\":\"GB\"");

                local.putObject(CITY, GeoFixtures.flat("Berlin"));
                awaitHealth(service, "geo", "");
                assertThat(enriched(local, "3")).contains("\"city\":\"Berlin\"");

                sourcesFail(local);
                awaitHealth(service, "geoDatabases", "s3://lake/geo/");
                awaitHealth(service, "contracts", "s3://lake/contracts/");
                local.putObject(CITY, GeoFixtures.file(GeoFixtures.CITY));
                assertThat(enriched(local, "4")).contains("\"city\":\"Berlin\"", "often");

                local.objectFaults().clear();
                local.publishContracts(Map.of("poll/1-0-0.json", Bytes.utf8(POLL).toArray()));
                awaitHealth(service, "geoDatabases", "");
                awaitHealth(service, "contracts", "");
                await().atMost(LONG)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(
                                () ->
                                        assertThat(enriched(local, "5-" + System.nanoTime()))
                                                .contains("\"country\":\"GB\"")
                                                .doesNotContain("often"));
            }
        }
    }

    /// Reads of both; the state of shards lies elsewhere in the bucket.
    private static void sourcesFail(LocalLine local) {
        for (String prefix : List.of("geo/", "contracts/")) {
            for (S3Operation operation : List.of(S3Operation.GET, S3Operation.LIST)) {
                local.objectFaults().add(S3FaultRule.always(Kind.FAIL).on(operation).under(prefix));
            }
        }
    }

    /// Sends an event and gives its body and what was learned of it.
    private static String enriched(LocalLine local, String id) {
        local.put("sluice-valid", Fixtures.frame(event(id)));
        return await().atMost(LONG)
                .until(
                        () ->
                                published(local)
                                        .filter(event -> eventId(event).equals(id))
                                        .map(
                                                event ->
                                                        event.body().asUtf8()
                                                                + event.requireEnrichment()
                                                                        .asUtf8())
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static void awaitHealth(
            ConfigurableApplicationContext service, String bean, String why) {
        HealthSource source = service.getBean(bean, HealthSource.class);
        await().atMost(LONG)
                .untilAsserted(
                        () -> {
                            HealthReport health = source.health();
                            assertThat(health.up()).isTrue();
                            if (why.isEmpty()) {
                                assertThat(health.why()).isEmpty();
                            } else {
                                assertThat(health.why()).contains(why);
                            }
                        });
    }

    private static Stream<SectionedEvent> published(LocalLine local) {
        FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
        List<SectionedEvent> events = new ArrayList<>();
        for (byte[] record : local.records("sluice-enriched")) {
            events.addAll(((Frame.Readable) decoder.decode(record)).events());
        }
        return events.stream();
    }

    private static String eventId(SectionedEvent event) {
        return Receipt.decode(event.receipt()).eventId().value();
    }

    private static SectionedEvent event(String id) {
        Receipt receipt =
                new Receipt(
                        new EventId(id),
                        new TenantId("shop"),
                        new SourceId("web"),
                        Fixtures.NOW,
                        "shop/device",
                        "81.2.69.142",
                        null,
                        null);
        CheckedFacts facts =
                new CheckedFacts(
                        "poll",
                        null,
                        "1-0-0",
                        Fixtures.NOW,
                        null,
                        null,
                        "device",
                        null,
                        null,
                        null,
                        null);
        return SectionedEvent.received(
                        receipt.encode(),
                        Bytes.utf8(
                                "{\"event_type\":\"poll\",\"properties\":{\"answer\":\"often\"}}"))
                .withChecked(facts.encode());
    }

    private static ConfigurableApplicationContext service(LocalLine local) {
        String[] arguments =
                Stream.concat(
                                Stream.of(local.arguments()),
                                Stream.of(
                                        "--sluice.enricher.geo.source=bucket",
                                        "--sluice.enricher.geo.refresh=300ms",
                                        "--sluice.enricher.pii.contracts.source=bucket",
                                        "--sluice.enricher.pii.contracts.refresh=300ms"))
                        .toArray(String[]::new);
        return new SpringApplicationBuilder(EnricherApplication.class).run(arguments);
    }
}
