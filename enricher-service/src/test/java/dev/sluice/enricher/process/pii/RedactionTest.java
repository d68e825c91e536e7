package dev.sluice.enricher.process.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.key.PartitionKey;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.EnrichedBatch;
import dev.sluice.enricher.process.EnrichedEvent;
import dev.sluice.enricher.process.Enriching;
import dev.sluice.enricher.process.EventEnricher;
import dev.sluice.enricher.process.Switches;
import dev.sluice.enricher.process.replay.FreshBatch;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

class RedactionTest {

    private static final TenantId SHOP = new TenantId("shop");
    private static final String EMAIL = "eva@mail.example";
    private static final String PSEUDONYM = Fixtures.PSEUDONYMS.of(SHOP, EMAIL);
    private static final String BODY =
            """
            {"event_type": "message_sent", "user_id": "eva@mail.example", "context": {"ip": "203.0.113.77"},
             "properties": {"message_text": "write to eva@mail.example", "message_id": "m1"}}""";

    @Test
    void leavesNoAddressInAnySection() {
        EnrichedEvent enriched = enriched(event(BODY, EMAIL), Switches.ALL_ON);
        SectionedEvent event = enriched.event();

        for (Bytes section :
                List.of(
                        event.receipt(),
                        event.body(),
                        event.requireChecked(),
                        event.requireEnrichment())) {
            assertThat(section.asUtf8()).doesNotContain("mail.example", "113.77");
        }
        assertThat(CheckedFacts.decode(event.requireChecked()).userId()).isEqualTo(PSEUDONYM);
        assertThat(json(event.body()).path("user_id").stringValue()).isEqualTo(PSEUDONYM);
        assertThat(json(event.requireEnrichment()).path("pii_masked").stringValue())
                .isEqualTo("email,id");
    }

    @Test
    void keepsThePointOfThePartitionKey() {
        SectionedEvent given = event(BODY, EMAIL);
        EventEnvelope envelope = EventEnvelope.of(enriched(given, Switches.ALL_ON).event());

        assertThat(HashKey.of(envelope.receipt().partitionKey()))
                .isEqualTo(HashKey.of(Receipt.decode(given.receipt()).partitionKey()));
        assertThat(envelope.receipt().ip()).isEqualTo("198.51.100.0");
        assertThat(envelope.receipt().eventId().value()).isEqualTo("e-1");
    }

    @Test
    void leavesTheBodyAsItIsWhereNothingIsPersonal() {
        SectionedEvent given = Fixtures.valid("e-1");
        EnrichedEvent enriched = enriched(given, Switches.ALL_ON);

        assertThat(enriched.event().body()).isSameAs(given.body());
        assertThat(enriched.masked()).isEmpty();
        assertThat(json(enriched.event().requireEnrichment()).has("pii_masked")).isFalse();
    }

    @Test
    void masksNothingForATenantThatHasItOffButTruncatesAddresses() {
        Switches off = new Switches(Set.of(), Map.of(SHOP, Set.of(Redaction.NAME)));
        SectionedEvent given = event(BODY, EMAIL);
        SectionedEvent event = enriched(given, off).event();

        assertThat(event.body()).isSameAs(given.body());
        assertThat(CheckedFacts.decode(event.requireChecked()).userId()).isEqualTo(EMAIL);
        assertThat(Receipt.decode(event.receipt()).ip()).isEqualTo("198.51.100.0");
    }

    @Test
    void keepsAddressesForATenantThatWantsThem() {
        Switches off = new Switches(Set.of(), Map.of(SHOP, Set.of(Redaction.IP_TRUNCATION)));
        SectionedEvent event = enriched(event(BODY, EMAIL), off).event();

        assertThat(Receipt.decode(event.receipt()).ip()).isEqualTo("198.51.100.7");
        assertThat(json(event.body()).at("/context/ip").stringValue()).isEqualTo("203.0.113.77");
        assertThat(event.body().asUtf8()).contains("[email]");
    }

    @Test
    void refusesAnEventThatItCannotRedactAndQuotesNothingOfIt() {
        EnrichedBatch batch = batch(event("{\"text\": \"eva@mail.example", null), Switches.ALL_ON);

        assertThat(batch.enriched()).isEmpty();
        QuarantineRecord refused = batch.quarantined().getFirst();
        assertThat(refused.message()).startsWith("what is personal").doesNotContain("mail.example");
        assertThat(new String(refused.original(), StandardCharsets.UTF_8)).contains(EMAIL);
    }

    @Test
    void givesDerivedFactsTheSamePseudonyms() {
        IdentityLink link =
                new IdentityLink("shop", "user", EMAIL, EMAIL, "p-1", Fixtures.NOW, "e-1", false);

        assertThat(Fixtures.redaction(Switches.ALL_ON).apply(link))
                .isEqualTo(
                        new IdentityLink(
                                "shop",
                                "user",
                                PSEUDONYM,
                                PSEUDONYM,
                                "p-1",
                                Fixtures.NOW,
                                "e-1",
                                false));
    }

    private static SectionedEvent event(String body, @Nullable String userId) {
        Receipt receipt = Fixtures.receipt("e-1");
        Receipt keyed =
                new Receipt(
                        receipt.eventId(),
                        SHOP,
                        receipt.sourceId(),
                        receipt.receivedTs(),
                        PartitionKey.of(SHOP, null, userId, null, receipt.eventId()),
                        receipt.ip(),
                        null,
                        null);
        CheckedFacts facts =
                new CheckedFacts(
                        "message_sent",
                        null,
                        "1-0-0",
                        Fixtures.NOW,
                        null,
                        null,
                        null,
                        userId,
                        null,
                        "203.0.113.77",
                        null);
        return SectionedEvent.received(keyed.encode(), Bytes.utf8(body))
                .withChecked(facts.encode());
    }

    private static EnrichedEvent enriched(SectionedEvent event, Switches switches) {
        return batch(event, switches).enriched().getFirst();
    }

    private static EnrichedBatch batch(SectionedEvent event, Switches switches) {
        return new EventEnricher(
                        List.of(Fixtures.identity()),
                        switches,
                        Fixtures.LAYOUT,
                        Fixtures.redaction(switches),
                        Fixtures.consequences())
                .apply(
                        new FreshBatch(
                                List.of(Enriching.view(event).received()),
                                List.of(),
                                List.of(),
                                SequenceNumber.of("5")));
    }

    private static JsonNode json(Bytes section) {
        return JsonMapper.shared().readTree(section.toArray());
    }
}
