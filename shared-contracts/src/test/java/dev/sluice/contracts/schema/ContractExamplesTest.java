package dev.sluice.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Examples are what people copy: each is a whole event here, right as written and refused once it
/// is made wrong.
class ContractExamplesTest {

    private static final ContractCatalog CATALOG = ContractCatalog.bundled();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static Stream<Contract> contracts() {
        return Stream.concat(Stream.of(CATALOG.envelope()), CATALOG.contracts().stream());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void areValid(Contract contract) {
        Schema schema = composed(contract);
        List<ObjectNode> events = events(contract);
        assertThat(events).hasSizeGreaterThanOrEqualTo(2);
        assertThat(events).allSatisfy(e -> assertThat(Schemas.errors(schema, e)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void areRefusedWithoutARequiredField(Contract contract) {
        Schema schema = composed(contract);
        for (ObjectNode event : events(contract)) {
            for (JsonNode required : contract.document().path("required")) {
                ObjectNode broken = event.deepCopy();
                described(contract, broken).remove(required.stringValue());
                assertThat(Schemas.errors(schema, broken)).as("without %s", required).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void areRefusedWithoutPropertiesWhereAnyIsRequired(Contract contract) {
        ObjectNode broken = events(contract).getFirst().deepCopy();
        broken.remove("properties");
        boolean required =
                !contract.isEnvelope() && !contract.document().path("required").isEmpty();
        assertThat(Schemas.errors(composed(contract), broken).isEmpty()).isEqualTo(!required);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void areRefusedWithAFieldOfTheWrongType(Contract contract) {
        Schema schema = composed(contract);
        String base = contract.isEnvelope() ? "" : "/properties";
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        Schemas.fields(contract.document(), base, fields);
        List<String> accepted = new ArrayList<>();
        fields.forEach(
                (pointer, field) -> {
                    ObjectNode broken = events(contract).getFirst().deepCopy();
                    put(broken, pointer, wrong(field));
                    if (Schemas.errors(schema, broken).isEmpty()) {
                        accepted.add(pointer);
                    }
                });
        assertThat(accepted).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void areRefusedBeyondTheBoundsOfAField(Contract contract) {
        Schema schema = composed(contract);
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        Schemas.fields(contract.document(), contract.isEnvelope() ? "" : "/properties", fields);
        fields.forEach(
                (pointer, field) ->
                        outside(field)
                                .forEach(
                                        value -> {
                                            ObjectNode broken =
                                                    events(contract).getFirst().deepCopy();
                                            put(broken, pointer, value);
                                            assertThat(Schemas.errors(schema, broken))
                                                    .as(pointer)
                                                    .isNotEmpty();
                                        }));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void mayLeaveOptionalFieldsNull(Contract contract) {
        Schema schema = composed(contract);
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        Schemas.fields(contract.document(), contract.isEnvelope() ? "" : "/properties", fields);
        fields.forEach(
                (pointer, field) -> {
                    if (field.path("type").isArray()) {
                        ObjectNode event = events(contract).getFirst().deepCopy();
                        put(event, pointer, JSON.nullNode());
                        assertThat(Schemas.errors(schema, event)).as(pointer).isEmpty();
                    }
                });
    }

    private static Schema composed(Contract contract) {
        return Schemas.compile(
                contract.isEnvelope() ? contract.document() : CATALOG.composed(contract.id()));
    }

    private static List<ObjectNode> events(Contract contract) {
        List<ObjectNode> events = new ArrayList<>();
        for (JsonNode example : contract.document().path("examples")) {
            ObjectNode event = (ObjectNode) example;
            if (!contract.isEnvelope()) {
                event = JSON.objectNode();
                event.put("event_type", contract.id().eventType());
                event.set("properties", example);
            }
            events.add(event);
        }
        return events;
    }

    private static ObjectNode described(Contract contract, ObjectNode event) {
        return contract.isEnvelope() ? event : (ObjectNode) event.path("properties");
    }

    /// A value of a type that no field of the contract has together with the ones it admits.
    private static JsonNode wrong(JsonNode field) {
        String types = field.path("type").toString();
        return types.contains("string") ? JSON.numberNode(7) : JSON.stringNode("seven");
    }

    private static List<JsonNode> outside(JsonNode field) {
        List<JsonNode> values = new ArrayList<>();
        if (field.has("maxLength")) {
            values.add(JSON.stringNode("x".repeat(field.path("maxLength").asInt() + 1)));
        }
        if (field.path("minLength").asInt(0) > 0 || field.has("enum") || field.has("pattern")) {
            values.add(JSON.stringNode(""));
        }
        if (field.has("format")) {
            values.add(JSON.stringNode("21/11/2026 10:00"));
        }
        if (field.has("minimum")) {
            values.add(JSON.numberNode(field.path("minimum").asDouble() - 1));
        }
        if (field.has("maximum")) {
            values.add(JSON.numberNode(field.path("maximum").asDouble() + 1));
        }
        return values;
    }

    /// Sets the value at a pointer, making the objects and the first list items on the way that are
    /// missing.
    private static void put(ObjectNode event, String pointer, JsonNode value) {
        String[] path = pointer.substring(1).split("/", -1);
        JsonNode at = event;
        for (int i = 0; i < path.length; i++) {
            boolean last = i == path.length - 1;
            JsonNode next =
                    last ? value : "*".equals(path[i + 1]) ? JSON.arrayNode() : JSON.objectNode();
            if (at.isArray()) {
                ArrayNode list = (ArrayNode) at;
                if (list.isEmpty()) {
                    list.add(next);
                } else if (last) {
                    list.set(0, next);
                }
                at = list.get(0);
            } else {
                ObjectNode object = (ObjectNode) at;
                if (last || !object.path(path[i]).isContainer()) {
                    object.set(path[i], next);
                }
                at = object.path(path[i]);
            }
        }
    }
}
