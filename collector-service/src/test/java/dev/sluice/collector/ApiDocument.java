package dev.sluice.collector;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// `openapi.yaml`, and what it says of one operation.
record ApiDocument(JsonNode root) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static ApiDocument parse(String yaml) {
        return new ApiDocument(JSON.valueToTree(new Yaml().<Object>load(yaml)));
    }

    JsonNode post() {
        return root.at("/paths/~1v1~1events/post");
    }

    Set<String> statuses() {
        return new TreeSet<>(post().get("responses").propertyNames());
    }

    Set<String> errorCodes() {
        Set<String> codes = new TreeSet<>();
        root.at("/components/schemas/Reason/properties/code/enum")
                .forEach(code -> codes.add(code.asString()));
        return codes;
    }

    /// Examples of bodies, by their names, each with its content type.
    Map<String, Map.Entry<String, String>> requests() {
        Map<String, Map.Entry<String, String>> requests = new LinkedHashMap<>();
        post().at("/requestBody/content")
                .forEachEntry(
                        (type, content) ->
                                content.get("examples")
                                        .forEachEntry(
                                                (name, example) ->
                                                        requests.put(name, body(type, example))));
        return requests;
    }

    private static Map.Entry<String, String> body(String type, JsonNode example) {
        JsonNode value = example.get("value");
        return Map.entry(type, value.isString() ? value.asString() : value.toString());
    }

    /// What speaks against an answer.
    List<String> violations(int status, JsonNode body) {
        return violations(
                post().at("/responses/" + status + "/content/application~1json/schema"), body);
    }

    List<String> eventViolations(JsonNode event) {
        return violations(root.at("/components/schemas/Event"), event);
    }

    private List<String> violations(JsonNode part, JsonNode body) {
        ObjectNode whole = (ObjectNode) root.deepCopy();
        whole.putArray("allOf").add(part);
        Schema schema = SCHEMAS.getSchema(whole);
        return schema.validate(body).stream().map(Error::toString).toList();
    }

    Set<String> requiredHeaders(int status) {
        Set<String> names = new TreeSet<>();
        post().at("/responses/" + status + "/headers")
                .forEachEntry(
                        (name, header) -> {
                            if (resolved(header).path("required").asBoolean(false)) {
                                names.add(name);
                            }
                        });
        return names;
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null ? node : root.at(reference.asString().substring(1));
    }
}
