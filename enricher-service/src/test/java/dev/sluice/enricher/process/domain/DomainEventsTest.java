package dev.sluice.enricher.process.domain;

import static dev.sluice.enricher.process.domain.DomainFixtures.event;
import static dev.sluice.enricher.process.domain.DomainFixtures.rules;
import static dev.sluice.enricher.process.domain.DomainFixtures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DerivedBatch;
import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.Switches;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Set;

class DomainEventsTest {

    private static final String ENRICHED =
            """
            {"person_id":"p-1","session":{"id":"s-9"},"device":{"is_bot":false},
             "geo":{"city":"Bonn","country":"DE"}}
            """;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void makesAPurchaseCompletedOfAPurchase() {
        SectionedEvent purchase =
                event(
                        "e-1",
                        "purchase",
                        """
                        {"order_id":"O-118","cart_id":"c-7","total":143.9,"currency":"EUR",
                         "payment_method":"card","item_count":3,"is_first_order":null,
                         "buyer_note":"ring twice",
                         "products":[{"product_id":"P-1","price":119.95,"engraving":"Eva"}]}
                        """,
                        ENRICHED);

        assertThat(defaults().of(EventEnvelope.of(purchase), purchase))
                .containsExactly(
                        new DomainEvent(
                                "shop",
                                "e-1/purchase_completed",
                                "purchase_completed",
                                Fixtures.NOW.minusSeconds(2),
                                JsonMapper.shared()
                                        .readTree(
                                                """
                                                {"order_id":"O-118","total":143.9,"currency":"EUR",
                                                 "item_count":3,
                                                 "products":[{"product_id":"P-1","price":119.95}],
                                                 "source_id":"web","user_id":"u-1",
                                                 "person_id":"p-1","session_id":"s-9"}
                                                """)));
    }

    @Test
    void makesAGuardrailFired() {
        assertThat(
                        detail(
                                defaults(),
                                event(
                                        "e-2",
                                        "guardrail_fired",
                                        """
                                        {"conversation_id":"conv-5521","rule_id":"pii-card-number",
                                         "action":"redacted","severity":"high","score":0.99,
                                         "latency_ms":3}
                                        """,
                                        "{}")))
                .isEqualTo(
                        """
                        {"conversation_id":"conv-5521","rule_id":"pii-card-number",\
                        "action":"redacted","severity":"high","score":0.99,"source_id":"web"}\
                        """);
    }

    @Test
    void makesAnEscalationTriggeredWithoutTheSummaryOfTheConversation() {
        assertThat(
                        detail(
                                defaults(),
                                event(
                                        "e-3",
                                        "escalation_triggered",
                                        """
                                        {"conversation_id":"conv-1","reason":"asked_for_human",
                                         "queue":"orders","wait_s":140,"summary":"Eva waits"}
                                        """,
                                        ENRICHED)))
                .isEqualTo(
                        """
                        {"conversation_id":"conv-1","reason":"asked_for_human","queue":"orders",\
                        "wait_s":140,"source_id":"web","user_id":"u-1","person_id":"p-1"}\
                        """);
    }

    @Test
    void makesASessionEndedOfASessionThatHasEndedAndIsNoBots() {
        List<DomainEvent> made = defaults().of(session("s-1", 12, false, true));

        assertThat(made)
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.id()).isEqualTo("s-1/12/session_ended");
                            assertThat(event.occurredAt()).isEqualTo(Fixtures.NOW);
                            assertThat(event.detail().toString())
                                    .isEqualTo(
                                            """
                                            {"session_id":"s-1","revision":12,"person_id":"p1",\
                                            "session_index":2,"started_at":"2026-11-21T09:58:30Z",\
                                            "ended_at":"2026-11-21T10:00:00Z","events":7,"pages":3,\
                                            "conversions":1,"channel":"direct",\
                                            "device_class":"phone","country":"DE"}\
                                            """);
                        });
        assertThat(defaults().of(session("s-1", 12, false, false))).isEmpty();
        assertThat(defaults().of(session("s-1", 12, true, true))).isEmpty();
    }

    @Test
    void doesNotLookIntoAnEventWhoseTypeHasNoRule() {
        SectionedEvent view = event("e-4", "page_view", "not JSON at all", "{}");

        assertThat(defaults().of(EventEnvelope.of(view), view)).isEmpty();
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void makesNothingForATenantThatHasItSwitchedOff() {
        SectionedEvent fired = event("e-5", "guardrail_fired", "{}", "{}");
        DomainEvents off =
                new DomainEvents(
                        DomainFixtures.defaults(),
                        new Switches(
                                Set.of(),
                                Map.of(new TenantId("shop"), Set.of(DomainEvents.SWITCH))),
                        meters);

        assertThat(defaults().of(EventEnvelope.of(fired), fired)).hasSize(1);
        assertThat(off.of(EventEnvelope.of(fired), fired)).isEmpty();
        assertThat(off.of(session("s-1", 1, false, true))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/properties/total      | equals: 4       | {'total':4.0}   | true",
                "/properties/total      | equals: 4       | {'total':'4'}   | false",
                "/properties/total      | equals: 4       | {}              | false",
                "/properties/currency   | equals: EUR     | {'currency':'EUR'} | true",
                "/properties/currency   | in: [EUR, USD]  | {'currency':'USD'} | true",
                "/properties/currency   | in: [EUR, USD]  | {'currency':'JPY'} | false",
                "/properties/total      | greater_than: 10 | {'total':10.01} | true",
                "/properties/total      | greater_than: 10 | {'total':10}    | false",
                "/properties/total      | greater_than: 10 | {'total':'11'}  | false",
                "/properties/total      | greater_than: 10 | {'total':1e999} | false",
                "/properties/coupon     | exists: true    | {'coupon':'X'}  | true",
                "/properties/coupon     | exists: true    | {'coupon':null} | false",
                "/properties/coupon     | exists: false   | {}              | true",
                "/properties/products/0/price | greater_than: 1 | {'products':[{'price':2}]} | true",
                "/envelope/user_id      | equals: u-1     | {}              | true",
                "/envelope/event_id     | equals: e-6     | {}              | true",
                "/envelope/tenant_id    | equals: forged  | {}              | false",
                "/enrichment/geo/country | in: [DE]       | {}              | true",
                "/enrichment/device/is_bot | equals: true | {}              | false",
            })
    void appliesOnlyWhenItsConditionIsMet(
            String field, String test, String properties, boolean applies) {
        DomainRules rules =
                rules(
                        """
                        rules:
                          - name: some
                            event_type: purchase
                            when: [{field: %s, %s}]
                        """
                                .formatted(field, test));
        SectionedEvent purchase = event("e-6", "purchase", properties.replace('\'', '"'), ENRICHED);

        assertThat(events(rules).of(EventEnvelope.of(purchase), purchase)).hasSize(applies ? 1 : 0);
    }

    @Test
    void appliesOnlyWhenAllConditionsAreMet() {
        DomainRules rules =
                rules(
                        """
                        rules:
                          - name: some
                            event_type: purchase
                            when:
                              - {field: /properties/total, greater_than: 1}
                              - {field: /properties/currency, equals: EUR}
                        """);
        SectionedEvent both = event("a", "purchase", "{\"total\":2,\"currency\":\"EUR\"}", "{}");
        SectionedEvent one = event("b", "purchase", "{\"total\":2,\"currency\":\"USD\"}", "{}");

        assertThat(events(rules).of(EventEnvelope.of(both), both)).hasSize(1);
        assertThat(events(rules).of(EventEnvelope.of(one), one)).isEmpty();
    }

    @Test
    void makesOneEventForEachRuleOfAType() {
        DomainRules rules =
                rules(
                        """
                        rules:
                          - {name: one, event_type: purchase}
                          - {name: other, event_type: purchase, fields: [/context/locale]}
                        """);
        SectionedEvent purchase = event("e-7", "purchase", "{}", "{}");

        assertThat(events(rules).of(EventEnvelope.of(purchase), purchase))
                .extracting(DomainEvent::id)
                .containsExactly("e-7/one", "e-7/other");
    }

    @Test
    void copiesPersonalFieldsWholeWhenARuleAsksForThemByThatWord() {
        DomainRules rules =
                rules(
                        """
                        rules:
                          - name: some
                            event_type: quote_requested
                            personal_fields: [/properties/wish, /enrichment/geo/city]
                        """);

        assertThat(
                        detail(
                                events(rules),
                                event("e", "quote_requested", "{\"wish\":{\"a\":[1]}}", ENRICHED)))
                .isEqualTo("{\"wish\":{\"a\":[1]},\"geo_city\":\"Bonn\"}");
    }

    @Test
    void leavesOutWhatIsTooLargeAndSaysSo() {
        String long1 = "x".repeat(DetailWriter.MOST_BYTES - 100);
        DomainRules rules =
                rules(
                        """
                        rules:
                          - name: some
                            event_type: quote_requested
                            personal_fields: [/properties/a, /properties/b, /properties/c]
                        """);

        DomainEvent made =
                only(
                        events(rules),
                        event(
                                "e",
                                "quote_requested",
                                "{\"a\":\"%s\",\"b\":\"%s\",\"c\":1}".formatted(long1, long1),
                                "{}"));

        assertThat(made.detail().path("a").asString()).isEqualTo(long1);
        assertThat(made.detail().has("b")).isFalse();
        assertThat(made.detail().path("c").asInt()).isOne();
        assertThat(made.detail().path("omitted").toString()).isEqualTo("[\"b\"]");
    }

    @Test
    void writesWhatJsonCanEscapeAndUtf8Cannot() {
        DomainRules rules =
                rules(
                        """
                        rules:
                          - name: some
                            event_type: quote_requested
                            personal_fields: [/properties/wish]
                        """);
        DomainEvent made =
                only(
                        events(rules),
                        event(
                                "e",
                                "quote_requested",
                                "{\"wish\":[{\"b\":\"a\\ud800b\",\"c\":\"\\ud83d\\ude00\"}]}",
                                "{}"));

        List<Derived> read = DerivedBatch.decode(DerivedBatch.encode(List.of(made)).getFirst());
        assertThat(((DomainEvent) read.getFirst()).detail().toString())
                .isEqualTo("{\"wish\":[{\"b\":\"a?b\",\"c\":\"\uD83D\uDE00\"}]}");
    }

    @Test
    void hasAnIdThatIsNeverTooLongAndAlwaysTheSame() {
        String id = "s".repeat(256);

        String first = defaults().of(session(id, 1, false, true)).getFirst().id();
        String again = defaults().of(session(id, 1, false, true)).getFirst().id();
        String later = defaults().of(session(id, 2, false, true)).getFirst().id();

        assertThat(first).isEqualTo(again).isNotEqualTo(later).hasSizeLessThanOrEqualTo(128);
        assertThat(first).endsWith("/session_ended");
    }

    @Test
    void countsWhatItCannotApplyARuleTo() {
        SectionedEvent broken =
                SectionedEvent.received(Fixtures.receipt("e").encode(), Bytes.utf8("{\"a\":"))
                        .withChecked(event("e", "purchase", "{}", "{}").requireChecked())
                        .withEnrichment(Bytes.utf8("{}"));

        assertThat(defaults().of(EventEnvelope.of(broken), broken)).isEmpty();
        assertThat(
                        meters.get("sluice.domain.events")
                                .tags("rule", "purchase_completed", "outcome", "failed")
                                .counter()
                                .count())
                .isOne();
    }

    private DomainEvents defaults() {
        return events(DomainFixtures.defaults());
    }

    private DomainEvents events(DomainRules rules) {
        return new DomainEvents(rules, Switches.ALL_ON, meters);
    }

    private static DomainEvent only(DomainEvents events, SectionedEvent event) {
        List<DomainEvent> made = events.of(EventEnvelope.of(event), event);
        assertThat(made).hasSize(1);
        return made.getFirst();
    }

    private static String detail(DomainEvents events, SectionedEvent event) {
        return only(events, event).detail().toString();
    }
}
