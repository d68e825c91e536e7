package dev.sluice.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

class BundledContractsTest {

    private static final ContractCatalog CATALOG = ContractCatalog.bundled();

    private static final Set<String> KEYWORDS =
            Set.of(
                    "$schema",
                    "$id",
                    "title",
                    "description",
                    "examples",
                    "type",
                    "properties",
                    "required",
                    "enum",
                    "const",
                    "pattern",
                    "minLength",
                    "maxLength",
                    "minItems",
                    "maxItems",
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "items",
                    "format",
                    "additionalProperties",
                    "x-pii",
                    "x-column",
                    "x-since",
                    "x-owner");

    static Stream<Contract> contracts() {
        return Stream.concat(Stream.of(CATALOG.envelope()), CATALOG.contracts().stream());
    }

    static Stream<Contract> ofEventTypes() {
        return CATALOG.contracts().stream();
    }

    @Test
    void coverTheEventTypesOfTheProduct() {
        assertThat(CATALOG.eventTypes())
                .contains("page_view", "product_view", "add_to_cart", "remove_from_cart")
                .contains("checkout_started", "purchase", "search", "identify", "alias")
                .contains("error", "video_start", "video_complete", "ad_impression", "ad_click")
                .contains("message_sent", "intent_classified", "response_generated")
                .contains("product_shown", "feedback_given", "escalation_triggered")
                .contains("guardrail_fired")
                .doesNotContain(Contract.ENVELOPE);
    }

    @Test
    void areAllNamedInTheIndexInOrder() throws IOException, URISyntaxException {
        URL index = Objects.requireNonNull(getClass().getResource("/contracts/index.txt"));
        Path root = Path.of(index.toURI()).getParent();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(root))) {
            assertThat(Files.readAllLines(Path.of(index.toURI())))
                    .containsExactlyElementsOf(
                            files.filter(file -> file.toString().endsWith(".json"))
                                    .map(file -> root.relativize(file).toString())
                                    .sorted()
                                    .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void keepToTheMetaSchema(Contract contract) {
        assertThat(Schemas.errors(Schemas.metaSchema(), contract.document())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void documentEveryField(Contract contract) {
        fields(contract)
                .forEach(
                        (pointer, field) -> {
                            assertThat(field.path("description").asString(""))
                                    .as("%s description", pointer)
                                    .endsWith(".");
                            assertThat(field.path("x-since").asString(""))
                                    .as("%s x-since", pointer)
                                    .satisfies(SchemaVer::parse);
                        });
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void keepToKeywordsThatCanBeCheckedInOnePass(Contract contract) {
        Map<String, JsonNode> all = fields(contract);
        all.put("", contract.document());
        all.forEach(
                (pointer, field) ->
                        assertThat(field.propertyNames()).as(pointer).isSubsetOf(KEYWORDS));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void letUnknownFieldsThrough(Contract contract) {
        Map<String, JsonNode> all = fields(contract);
        all.put("", contract.document());
        all.values().stream()
                .filter(field -> field.has("properties"))
                .forEach(
                        field ->
                                assertThat(field.path("additionalProperties").asBoolean(false))
                                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void boundEveryTextAndList(Contract contract) {
        fields(contract)
                .forEach(
                        (pointer, field) -> {
                            String type = field.path("type").toString();
                            if (type.contains("string")) {
                                assertThat(Set.copyOf(field.propertyNames()))
                                        .as(pointer)
                                        .containsAnyOf("maxLength", "pattern", "enum", "format");
                            }
                            if (type.contains("array")) {
                                assertThat(field.has("maxItems")).as(pointer).isTrue();
                            }
                        });
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void nameAnOwnerThatCanBeReached(Contract contract) {
        assertThat(contract.owner().team()).isNotBlank();
        assertThat(contract.owner().contact()).endsWith("@example.com");
    }

    @Test
    void meanTheSameByTheSameColumn() {
        Map<String, DeclaredColumn> known = new LinkedHashMap<>();
        List<String> clashes = new ArrayList<>();
        for (Contract contract : CATALOG.contracts()) {
            for (DeclaredColumn column : contract.columns()) {
                DeclaredColumn first = known.putIfAbsent(column.name(), column);
                if (first != null && !first.equals(column)) {
                    clashes.add(contract.id() + " " + column);
                }
            }
        }
        assertThat(clashes).isEmpty();
        assertThat(known).hasSizeGreaterThan(60);
    }

    @Test
    void classPersonalDataOfACustomer() {
        Map<String, PiiClass> identify = CATALOG.latest("identify").orElseThrow().piiClasses();
        assertThat(identify)
                .containsEntry("/properties/email", PiiClass.HASH)
                .containsEntry("/properties/address/street", PiiClass.DROP)
                .containsEntry("/properties/plan", PiiClass.NONE);
        assertThat(CATALOG.envelope().piiClasses()).containsEntry("/context/ip", PiiClass.MASK);
        assertThat(CATALOG.latest("intent_classified").orElseThrow().piiClasses())
                .containsEntry("/properties/entities/*/value", PiiClass.MASK);
    }

    @ParameterizedTest
    @MethodSource("ofEventTypes")
    void keepPersonalDataOutOfColumns(Contract contract) {
        Set<String> withColumn = new TreeSet<>();
        contract.columns().forEach(column -> withColumn.add(column.pointer().toString()));
        assertThat(withColumn)
                .noneMatch(
                        pointer ->
                                contract.piiClasses().get(pointer) == PiiClass.HASH
                                        || contract.piiClasses().get(pointer) == PiiClass.DROP);
    }

    private static Map<String, JsonNode> fields(Contract contract) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        Schemas.fields(contract.document(), "", fields);
        return fields;
    }
}
