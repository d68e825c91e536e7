package dev.sluice.enricher.process.domain;

import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.enricher.Fixtures;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Rules, and events for them.
public final class DomainFixtures {

    static final KnownFields KNOWN =
            new KnownFields(ContractCatalog.bundled(), EventsTable.bundled());

    private DomainFixtures() {}

    public static DomainRules defaults() {
        try (InputStream in = DomainFixtures.class.getResourceAsStream("/domain-events.yml")) {
            return DomainRules.read(
                    "domain-events.yml", Objects.requireNonNull(in).readAllBytes(), KNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static DomainRules rules(String yaml) {
        return DomainRules.read("rules.yml", yaml.getBytes(StandardCharsets.UTF_8), KNOWN);
    }

    /// As the enricher sends it on.
    static SectionedEvent event(String id, String type, String properties, String enrichment) {
        CheckedFacts facts =
                new CheckedFacts(
                        type,
                        null,
                        "1-0-0",
                        Fixtures.NOW.minusSeconds(2),
                        null,
                        null,
                        "a-1",
                        "u-1",
                        null,
                        null,
                        null);
        return SectionedEvent.received(
                        Fixtures.receipt(id).encode(),
                        Bytes.utf8(
                                "{\"event_type\":\"%s\",\"tenant_id\":\"forged\",\"properties\":%s}"
                                        .formatted(type, properties)))
                .withChecked(facts.encode())
                .withEnrichment(Bytes.utf8(enrichment));
    }

    static SessionChange session(String id, long revision, boolean bot, boolean closed) {
        return new SessionChange(
                "shop",
                id,
                revision,
                "p1",
                "a1",
                null,
                null,
                2,
                Fixtures.NOW.minusSeconds(90),
                Fixtures.NOW,
                7,
                3,
                "https://shop.example/eva",
                null,
                null,
                "direct",
                null,
                null,
                null,
                "phone",
                "DE",
                bot,
                1,
                closed);
    }
}
