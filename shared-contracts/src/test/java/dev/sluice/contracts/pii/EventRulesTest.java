package dev.sluice.contracts.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.schema.ContractCatalog;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;

class EventRulesTest {

    private static final TenantId SHOP = new TenantId("shop");
    private static final String FIRST = contract("1-0-0", "none");
    private static final String SECOND = contract("1-1-0", "drop");

    @Test
    void holdsAnEventAgainstTheVersionItWasCheckedAgainst() {
        assertThat(answer("1-0-0", FIRST, SECOND)).isEqualTo("{\"answer\":\"often\"}");
        assertThat(answer("1-1-0", FIRST, SECOND)).isEqualTo("{\"answer\":null}");
    }

    /// Whoever checked it knows contracts that are not here yet. A class of personal data only ever
    /// gets stronger.
    @Test
    void holdsAnEventOfANewerVersionAgainstTheNewestThereIs() {
        assertThat(answer("1-1-1", FIRST, SECOND)).isEqualTo("{\"answer\":null}");
        assertThat(answer("1-1-0", FIRST)).isEqualTo("{\"answer\":\"often\"}");
    }

    @Test
    void goesByNamesForATypeThatIsNotHere() {
        assertThat(answer("1-0-0")).isEqualTo("{\"answer\":\"often\"}");
    }

    private static String answer(String version, String... contracts) {
        Map<String, byte[]> files = new TreeMap<>(ContractCatalog.bundledFiles());
        for (int i = 0; i < contracts.length; i++) {
            files.put("survey/1-%d-0.json".formatted(i), Bytes.utf8(contracts[i]).toArray());
        }
        EventRules rules = new EventRules(ContractCatalog.of("test", files));
        Bytes body = Bytes.utf8("{\"properties\":{\"answer\":\"often\"}}");
        String redacted =
                BodyRedactor.withoutKeys()
                        .redact(
                                SHOP,
                                rules.of(SHOP, "survey", version),
                                body,
                                EnumSet.noneOf(PiiKind.class))
                        .asUtf8();
        return redacted.substring("{\"properties\":".length(), redacted.length() - 1);
    }

    private static String contract(String version, String pii) {
        return """
               {"$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": "urn:sluice:contract:survey:%s", "title": "Survey",
                "description": "Somebody answered.",
                "x-owner": {"team": "a", "contact": "a@example.com"}, "type": "object",
                "properties": {"answer": {"type": "string", "description": "What was said.",
                 "maxLength": 64, "x-pii": "%s", "x-since": "1-0-0"}},
                "additionalProperties": true, "examples": [{"answer": "often"}]}"""
                .formatted(version, pii);
    }
}
