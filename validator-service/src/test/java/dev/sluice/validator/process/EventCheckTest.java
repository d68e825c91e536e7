package dev.sluice.validator.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.validator.Fixtures;
import dev.sluice.validator.process.contract.ContractExamples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

class EventCheckTest {

    private final EventCheck check = Fixtures.eventCheck();

    @Test
    void writesDownWhatItChecked() {
        CheckedFacts facts =
                facts(
                        """
                        {"event_type":"Product Viewed","schema_version":"1-0-0",
                         "event_ts":"2026-11-21T09:00:00Z","sent_ts":"2026-11-21T09:00:05Z",
                         "anonymous_id":"a","user_id":"u","session_id":"s",
                         "context":{"ip":"203.0.113.9","user_agent":"Tablet/1"},
                         "properties":{"product_id":"p"}}""");

        assertThat(facts)
                .isEqualTo(
                        new CheckedFacts(
                                "product_view",
                                "Product Viewed",
                                "1-0-0",
                                Instant.parse("2026-11-21T09:59:55Z"),
                                Instant.parse("2026-11-21T09:00:00Z"),
                                Instant.parse("2026-11-21T09:00:05Z"),
                                "a",
                                "u",
                                "s",
                                "203.0.113.9",
                                "Tablet/1"));
    }

    @Test
    void fillsInWhatOnlyTheCollectorSaw() {
        CheckedFacts facts = facts("{\"event_type\":\"page_view\",\"context\":{\"ip\":\"home\"}}");

        assertThat(facts)
                .isEqualTo(
                        new CheckedFacts(
                                "page_view",
                                null,
                                "1-0-0",
                                Fixtures.NOW,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "198.51.100.7",
                                "Mozilla/5.0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    malformed          | page_view
                    malformed          | {"properties":{}}
                    malformed          | {"event_type":null}
                    malformed          | {"event_type":{"a":1}}
                    malformed          | {"event_type":"  "}
                    unknown_type       | {"event_type":"coffee_brewed"}
                    unknown_type       | {"event_type":"###"}
                    contract_violation | {"event_type":"purchase"}
                    contract_violation | {"event_type":"page_view","schema_version":"2-0-0"}
                    contract_violation | {"event_type":"page_view","event_ts":"yesterday"}
                    bad_time           | {"event_type":"page_view","event_ts":"2026-11-23T00:00:00Z"}
                    bad_time           | {"event_type":"page_view","event_ts":"2026-01-01T00:00:00Z"}
                    """)
    void refusesForTheFirstThingThatIsWrong(String reason, String body) {
        assertThat(refused(Fixtures.SHOP, body).why().reason())
                .isEqualTo(RejectionReason.ofCode(reason));
    }

    @Test
    void refusesAnEventThatNoFrameCouldHold() {
        String body =
                "{\"event_type\":\"page_view\",\"x\":\""
                        + "x".repeat(Fixtures.MAX_EVENT_BYTES)
                        + "\"}";

        assertThat(refused(Fixtures.SHOP, body).why())
                .isInstanceOfSatisfying(
                        Rejection.TooLarge.class,
                        why -> assertThat(why.message()).contains("limit is 786432"));
    }

    @Test
    void doesNotLookAtAnEventThatWasRefusedAtTheDoor() {
        Rejection why = new Rejection.DecodeFailure("unknown vendor");
        Receipt receipt = Fixtures.refused(Fixtures.SHOP, "1", why);
        byte[] good = "{\"event_type\":\"page_view\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(check.check(receipt, Fixtures.received(receipt, good)))
                .isEqualTo(new EventVerdict.Refused(why, null, null));
    }

    @Test
    void acceptsAnUnknownTypeOfATenantThatMaySendIt() {
        String body = "{\"event_type\":\"Coffee Brewed\"}";

        assertThat(check(Fixtures.LENIENT, body)).isInstanceOf(EventVerdict.Valid.class);
        assertThat(refused(Fixtures.SHOP, body).eventType()).isEqualTo("coffee_brewed");
    }

    @Test
    void givesEveryExampleOfEveryContractItsFacts() {
        for (ContractExamples.Example example : ContractExamples.all()) {
            CheckedFacts facts = facts(example.event().toString());

            assertThat(facts.eventType()).isEqualTo(example.contract().id().eventType());
            assertThat(facts.anonymousId())
                    .isEqualTo(example.event().path("anonymous_id").asString());
            assertThat(facts.eventTs()).isBeforeOrEqualTo(Fixtures.NOW);
        }
    }

    private CheckedFacts facts(String body) {
        return CheckedFacts.decode(
                ((EventVerdict.Valid) check(Fixtures.SHOP, body)).event().requireChecked());
    }

    private EventVerdict.Refused refused(TenantId tenant, String body) {
        return (EventVerdict.Refused) check(tenant, body);
    }

    private EventVerdict check(TenantId tenant, String body) {
        Receipt receipt = Fixtures.receipt(tenant, "e-1");
        SectionedEvent event = Fixtures.received(receipt, body.getBytes(StandardCharsets.UTF_8));
        return check.check(receipt, event);
    }
}
