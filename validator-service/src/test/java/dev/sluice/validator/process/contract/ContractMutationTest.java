package dev.sluice.validator.process.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.rejection.Violation;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.body.ParsedBody;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Every example of every contract passes; the same example with one field spoilt, whichever field
/// and however, fails at exactly that field and tells nothing of its value.
class ContractMutationTest {

    static final List<ContractExamples.Example> EXAMPLES = ContractExamples.all();

    private static final String SENTINEL = "jane.doe@example.com";

    private static final CompiledContracts CONTRACTS =
            new CompiledContracts(ContractCatalog.bundled());

    private final ContractCheck check = new ContractCheck(() -> CONTRACTS, UnknownTypes.QUARANTINE);

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void acceptsTheExample(ContractExamples.Example example) {
        assertThat(verdict(example, example.event()))
                .isEqualTo(new ContractVerdict.Kept(example.contract().id().version().toString()));
    }

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void refusesTheExampleWithAnyFieldSpoilt(ContractExamples.Example example) {
        List<Mutation> mutations = new ArrayList<>();
        collect(ContractExamples.composed(example.contract()), "", mutations);
        assertThat(mutations).hasSizeGreaterThan(50);

        for (Mutation mutation : mutations) {
            JsonNode event = mutation.applyTo(example.event());

            assertThat(verdict(example, event))
                    .as("%s := %s", mutation.pointer(), mutation.value())
                    .isInstanceOfSatisfying(
                            ContractVerdict.Broken.class,
                            broken -> {
                                Rejection why = broken.rejection();
                                assertThat(why.violations())
                                        .extracting(Violation::pointer)
                                        .contains(mutation.pointer());
                                assertThat(why.message()).doesNotContain(SENTINEL);
                            });
        }
    }

    /// @param value that breaks the rule; null to remove the field
    private record Mutation(String pointer, @Nullable JsonNode value) {

        JsonNode applyTo(JsonNode event) {
            ObjectNode copy = (ObjectNode) event.deepCopy();
            ObjectNode parent = copy;
            String[] names = pointer.substring(1).split("/", -1);
            for (int i = 0; i < names.length - 1; i++) {
                JsonNode child = parent.get(names[i]);
                parent = child instanceof ObjectNode object ? object : parent.putObject(names[i]);
            }
            if (value == null) {
                parent.remove(names[names.length - 1]);
            } else {
                parent.set(names[names.length - 1], value);
            }
            return copy;
        }
    }

    private static void collect(JsonNode schema, String pointer, List<Mutation> mutations) {
        for (JsonNode required : schema.path("required")) {
            String field = pointer + '/' + required.stringValue();
            if (!field.equals("/event_type")) {
                mutations.add(new Mutation(field, null));
            }
        }
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            String place = pointer + '/' + field.getKey();
            if (!place.equals("/schema_version")) {
                spoil(field.getValue(), place, mutations);
                collect(field.getValue(), place, mutations);
            }
        }
    }

    private static void spoil(JsonNode rule, String pointer, List<Mutation> mutations) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        String types = rule.path("type").toString();
        if (!types.contains("object")) {
            mutations.add(new Mutation(pointer, json.objectNode().put(SENTINEL, SENTINEL)));
        }
        if (!types.contains("array")) {
            mutations.add(new Mutation(pointer, json.arrayNode().add(SENTINEL)));
        }
        if (!types.contains("string")) {
            mutations.add(new Mutation(pointer, json.stringNode(SENTINEL)));
        }
        if (!types.contains("boolean")) {
            mutations.add(new Mutation(pointer, json.booleanNode(true)));
        }
        if (rule.has("minimum")) {
            mutations.add(new Mutation(pointer, below(rule.path("minimum"))));
        }
        if (rule.has("maximum")) {
            mutations.add(new Mutation(pointer, above(rule.path("maximum"))));
        }
        if (rule.has("enum") || rule.has("pattern") || rule.has("format")) {
            mutations.add(new Mutation(pointer, json.stringNode(SENTINEL + "\n")));
        }
        if (rule.has("maxLength")) {
            String tooLong = SENTINEL + "x".repeat(rule.path("maxLength").intValue());
            mutations.add(new Mutation(pointer, json.stringNode(tooLong)));
        }
    }

    private static JsonNode below(JsonNode limit) {
        return JsonNodeFactory.instance.numberNode(limit.decimalValue().subtract(BigDecimal.ONE));
    }

    private static JsonNode above(JsonNode limit) {
        return JsonNodeFactory.instance.numberNode(limit.decimalValue().add(BigDecimal.ONE));
    }

    private ContractVerdict verdict(ContractExamples.Example example, JsonNode event) {
        Bytes bytes = Bytes.utf8(JsonMapper.shared().writeValueAsString(event));
        ParsedBody.Event body = (ParsedBody.Event) new BodyParser().parse(bytes);
        return check.check(new TenantId("shop"), example.contract().id().eventType(), body);
    }
}
