package dev.sluice.contracts.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Puts the contract of an event type into the envelope, as the schema of its `properties`.
final class EventSchema {

    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    // An id or a dialect inside would start a schema of its own; examples are of the part, not of
    // the whole.
    private static final List<String> OF_A_DOCUMENT = List.of("$schema", "$id", "examples");

    private EventSchema() {}

    static JsonNode compose(Contract envelope, Contract type) {
        ObjectNode event = (ObjectNode) envelope.document();
        ObjectNode properties = (ObjectNode) type.document();
        properties.remove(OF_A_DOCUMENT);
        moveReferences(properties);
        event.remove("examples");
        event.put("$id", "urn:sluice:event:" + type.id().toString().replace('/', ':'));
        event.put("title", type.document().path("title").asString());
        ((ObjectNode) event.path(PROPERTIES)).set(PROPERTIES, properties);
        if (!properties.path(REQUIRED).isEmpty()) {
            ArrayNode required = event.withArray(REQUIRED);
            required.add(PROPERTIES);
        }
        return event;
    }

    /// References within the document go on naming the same places.
    private static void moveReferences(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path(References.KEYWORD).asString("").startsWith("#")) {
            String within = object.path(References.KEYWORD).asString("").substring(1);
            object.put(References.KEYWORD, "#/properties/properties" + within);
        }
        schema.forEach(EventSchema::moveReferences);
    }
}
