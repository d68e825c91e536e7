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
}
