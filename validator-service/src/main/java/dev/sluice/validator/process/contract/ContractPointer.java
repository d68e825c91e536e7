package dev.sluice.validator.process.contract;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// The part of a JSON pointer that the contract itself spells out. A name that the contract does
/// not know was chosen by the sender and may be a person's: it becomes `*`.
final class ContractPointer {

    private ContractPointer() {}

    /// @param pointer into the event
    /// @param document the composed contract of the event
    static String known(String pointer, JsonNode document) {
        StringBuilder known = new StringBuilder();
        JsonNode rule = document;
        for (JsonPointer at = JsonPointer.compile(pointer); !at.matches(); at = at.tail()) {
            String name = at.getMatchingProperty();
            JsonNode field = rule.path("properties").path(name);
            if (field.isMissingNode() && at.mayMatchElement() && rule.path("items").isObject()) {
                field = rule.path("items");
            } else if (field.isMissingNode()) {
                name = "*";
                field = rule.path("additionalProperties");
            }
            known.append('/').append(escape(name));
            rule = field;
        }
        return known.toString();
    }

    /// As a part of a JSON pointer (RFC 6901, 3).
    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
