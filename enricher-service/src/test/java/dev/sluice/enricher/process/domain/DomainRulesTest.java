package dev.sluice.enricher.process.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class DomainRulesTest {

    @Test
    void readsTheFourThatComeAlong() {
        assertThat(DomainFixtures.defaults().names())
                .isEqualTo(
                        Map.of(
                                "purchase", List.of("purchase_completed"),
                                "guardrail_fired", List.of("guardrail_fired"),
                                "escalation_triggered", List.of("escalation_triggered"),
                                "session", List.of("session_ended")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: Bad                                   | rule Bad: its name must match",
                "event_type: purchase                        | rule number 1: its name must match",
                "name: a                                     | rule a: it needs an event_type",
                "name: a, source: session, event_type: b     | rule a: it needs an event_type",
                "name: a, source: moon                       | rule a: its source must be",
                "name: a, event_type: b, wenn: []            | rule a: wenn is unknown",
                "name: a, event_type: purchase, fields: x    | rule a: fields must be a list",
                "name: a, event_type: purchase, fields: [/total] | /total does not start with",
                "name: a, event_type: purchase, fields: [/properties] | does not start with",
                "name: a, event_type: purchase, fields: [total] | rule a:",
                "name: a, event_type: purchase, fields: [/properties/note] | /properties/note is in no contract",
                "name: a, event_type: purchase, fields: [/context/page/url] | /context/page/url is personal",
                "name: a, event_type: purchase, fields: [/context/ip] | /context/ip is personal",
                "name: a, event_type: purchase, fields: [/enrichment/geo/city] | is personal",
                "name: a, event_type: purchase, fields: [/enrichment/moon] | does not exist",
                "name: a, event_type: purchase, fields: [/envelope/id] | does not exist",
                "name: a, event_type: purchase, fields: [/session/events] | is not of an event",
                "name: a, source: session, fields: [/properties/total] | is not of a session",
                "name: a, source: session, fields: [/session/entry_page] | is personal",
                "name: a, source: session, fields: [/session/moon] | does not exist",
                "name: a, event_type: t, personal_fields: [/properties/id] | has a id already",
                "name: a, event_type: escalation_triggered, fields: [/properties/summary] | is personal",
                "name: a, event_type: b, when: x             | rule a: when must be a list",
                "name: a, event_type: b, when: [{field: /properties/c}] | a condition is",
                "name: a, event_type: b, when: [{field: /properties/c, like: 1}] | a condition is",
                "name: a, event_type: b, when: [{field: /properties/c, equals: [1]}] | equals of",
                "name: a, event_type: b, when: [{field: /properties/c, in: 1}] | in of",
                "name: a, event_type: b, when: [{field: /properties/c, greater_than: x}] | greater_than of",
                "name: a, event_type: b, when: [{field: /properties/c, exists: 1}] | exists of",
            })
    void saysWhichRuleIsWrongAndHow(String rule, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainFixtures.rules("rules: [{" + rule + "}]"))
                .withMessageStartingWith("rules.yml: rule ")
                .withMessageContaining(problem);
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                DomainFixtures.rules(
                                        """
                                        rules:
                                          - {name: a, event_type: purchase, fields: [/properties/x]}
                                          - {name: a, event_type: purchase}
                                          - {name: c}
                                        """))
                .withMessageContainingAll(
                        "rule a: field /properties/x",
                        "rule a: its name is that of another rule",
                        "rule c: it needs");
    }

    @Test
    void saysWhatIsNoListOfRules() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainFixtures.rules("a: [b"))
                .withMessageStartingWith("rules.yml is not YAML");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainFixtures.rules("a: b"))
                .withMessage("rules.yml: rules must be a list");
    }
}
