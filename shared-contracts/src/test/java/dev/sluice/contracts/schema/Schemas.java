package dev.sluice.contracts.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/// The validator library as the pipeline uses it: 2020-12, formats asserted.
final class Schemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry ->
                            registry.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    private Schemas() {}

    static Schema metaSchema() {
        return REGISTRY.getSchema(SchemaLocation.of(ContractReader.DIALECT));
    }

    static Schema compile(JsonNode document) {
        Schema schema = REGISTRY.getSchema(document);
        schema.initializeValidators();
        return schema;
    }

    static List<String> errors(Schema schema, JsonNode value) {
        return schema.validate(value).stream().map(Object::toString).toList();
    }

    /// Every field under a schema with its pointer, depth first.
    static void fields(JsonNode schema, String pointer, Map<String, JsonNode> into) {
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            into.put(pointer + "/" + field.getKey(), field.getValue());
            fields(field.getValue(), pointer + "/" + field.getKey(), into);
        }
        if (schema.has("items")) {
            into.put(pointer + "/*", schema.path("items"));
            fields(schema.path("items"), pointer + "/*", into);
        }
    }
}
