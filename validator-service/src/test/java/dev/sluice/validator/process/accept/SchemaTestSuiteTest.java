package dev.sluice.validator.process.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.validator.process.type.EventTypeNames;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The official cases of JSON Schema 2020-12 for the keywords that rules know.
class SchemaTestSuiteTest {

    private static final Path SUITE =
            Path.of("../../shared/data/json-schema-test-suite/tests/draft2020-12");

    private static final List<String> FILES =
            List.of(
                    "type",
                    "required",
                    "properties",
                    "enum",
                    "const",
                    "pattern",
                    "minLength",
                    "maxLength",
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "items",
                    "minItems",
                    "maxItems",
                    "minProperties",
                    "maxProperties",
                    "additionalProperties",
                    "ref",
                    "if-then-else",
                    "oneOf",
                    "anyOf",
                    "allOf",
                    "not",
                    "boolean_schema",
                    "format",
                    "default",
                    "defs",
                    "optional/format/date-time",
                    "optional/format/date",
                    "optional/format/uuid",
                    "optional/format/ipv4");

    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder ->
                            builder.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));
    private final AcceptRules rules = new AcceptRules(ContractCatalog.bundled());

    @Test
    void neverSaysYesToWhatTheSuiteCallsInvalid() throws IOException {
        assumeTrue(Files.isDirectory(SUITE), "the test suite is not at " + SUITE);
        List<String> wrong = new ArrayList<>();
        int valid = 0;
        int yes = 0;
        for (String file : FILES) {
            for (JsonNode group : JsonMapper.shared().readTree(SUITE.resolve(file + ".json"))) {
                ValueRule rule = RuleCompiler.compile(group.path("schema"), "/value");
                for (JsonNode test : group.path("tests")) {
                    boolean accepted = accepts(rule, test.path("data"));
                    valid += test.path("valid").booleanValue() ? 1 : 0;
                    yes += accepted ? 1 : 0;
                    if (accepted && !test.path("valid").booleanValue() && !isRemark(file, group)) {
                        wrong.add(file + ": " + group.path("description") + test);
                    }
                    if (accepted && !agrees(group.path("schema"), test.path("data"))) {
                        wrong.add("not as the library, " + file + ": " + test);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(yes).as("of %d valid", valid).isGreaterThan(valid / 2);
    }

    /// The library checks formats, as our contracts want it; the suite's `format` says the
    /// opposite.
    private static boolean isRemark(String file, JsonNode group) {
        return file.equals("format") && group.path("schema").has("format");
    }

    private boolean agrees(JsonNode schema, JsonNode value) {
        return registry.getSchema(schema).validate(value).isEmpty();
    }

    private boolean accepts(ValueRule rule, JsonNode value) {
        byte[] json = value.toString().getBytes(StandardCharsets.UTF_8);
        EventScan scan =
                new EventScan(
                        rules,
                        Objects.requireNonNull(rule.fields() == null ? NO_FIELDS : rule.fields()),
                        new TenantId("shop"),
                        new EventTypeNames((tenant, type) -> true),
                        new Bytes(json, 0, json.length));
        return rule.accepts(scan.cursor().value(), scan);
    }

    private static final FieldsRule NO_FIELDS =
            new FieldsRule(
                    FieldTable.of(Map.of()),
                    0,
                    ValueRule.ANYTHING,
                    0,
                    Integer.MAX_VALUE,
                    List.of());
}
