package dev.sluice.traffic;

import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.ContractId;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Makes good properties break their contract.
final class Spoiler {

    private final Map<String, List<String>> required = new HashMap<>();
    private final Map<String, JsonNode> fields = new HashMap<>();

    Spoiler(ContractCatalog catalog) {
        catalog.contracts().forEach(contract -> learn(contract.id(), contract.document()));
    }

    /// Gives one property a value of another type. Every contract has a property that a draft
    /// fills.
    void wrongType(String eventType, ObjectNode properties, Dice dice) {
        JsonNode known = fields.getOrDefault(eventType, properties);
        List<String> candidates = new ArrayList<>();
        properties.propertyNames().stream().filter(known::has).forEach(candidates::add);
        String name = dice.pick(candidates);
        if (known.path(name).path("type").toString().contains("string")) {
            properties.put(name, dice.between(1, 1000));
        } else {
            properties.put(name, "not so");
        }
    }

    /// Leaves out a required property; false when the type requires none.
    boolean missing(String eventType, ObjectNode properties, Dice dice) {
        List<String> names = required.getOrDefault(eventType, List.of());
        if (names.isEmpty()) {
            return false;
        }
        properties.remove(dice.pick(names));
        return true;
    }

    private void learn(ContractId id, JsonNode document) {
        required.put(
                id.eventType(),
                StreamSupport.stream(document.path("required").spliterator(), false)
                        .map(JsonNode::stringValue)
                        .toList());
        fields.put(id.eventType(), document.path("properties"));
    }
}
