package dev.sluice.contracts.pii;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.schema.ContractCatalog;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Both ways through a body must do the same to it.
class RedactionAgreementTest {

    private static final int BODIES = 50_000;
    private static final TenantId SHOP = new TenantId("shop");
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();
    private static final Pseudonyms PSEUDONYMS =
            new Pseudonyms(List.of(new PseudonymKey("k1", PseudonymSecret.of("a".repeat(32)))));

    private final FieldRule rule =
            new EventRules(ContractCatalog.bundled()).of(SHOP, "message_sent", "1-0-0");

    @Test
    void agreesOnRandomBodies() {
        RandomBodies bodies = new RandomBodies(20261130);
        int changed = 0;
        int fast = 0;
        for (int i = 0; i < BODIES; i++) {
            ObjectNode body = bodies.next();
            Bytes given = Bytes.of(JSON.writeValueAsBytes(body));
            Set<PiiKind> fastKinds = EnumSet.noneOf(PiiKind.class);
            Set<PiiKind> treeKinds = EnumSet.noneOf(PiiKind.class);
            @Nullable Bytes walked =
                    BodyWalk.redact(given, rule, new Values(SHOP, PSEUDONYMS, false, fastKinds));
            Bytes tree =
                    TreeWalk.redact(given, rule, new Values(SHOP, PSEUDONYMS, false, treeKinds));
            JsonNode left = JSON.readTree(tree.toArray());
            if (walked != null) {
                fast++;
                boolean alike =
                        JSON.readTree(walked.toArray()).equals(left)
                                && fastKinds.equals(treeKinds)
                                && (walked == given) == (tree == given);
                assertThat(alike ? "" : body.toString()).isEmpty();
            }
            requireSameShape(JSON.readTree(given.toArray()), left);
            changed += tree == given ? 0 : 1;
        }
        assertThat(fast).isGreaterThan(BODIES / 4);
        assertThat(changed).isBetween(BODIES / 4, BODIES - 1);
    }

    /// What is gone is null, what changed is a text, all else is equal.
    private static void requireSameShape(JsonNode before, JsonNode after) {
        if (after.isNull() || after.isString() && !before.isContainer()) {
            return;
        }
        if (before.isObject()) {
            assertThat(after.size()).isEqualTo(before.size());
            before.properties()
                    .forEach(
                            field -> requireSameShape(field.getValue(), after.get(field.getKey())));
        } else if (before.isArray()) {
            assertThat(after.size()).isEqualTo(before.size());
            for (int i = 0; i < before.size(); i++) {
                requireSameShape(before.get(i), after.get(i));
            }
        } else {
            assertThat(after.equals(before)).isTrue();
        }
    }
}
