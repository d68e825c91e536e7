package dev.sluice.contracts.schema;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Puts the schema a `$ref` names in the place of the reference, with what stands beside it.
public final class References {

    /// The keyword of a reference.
    public static final String KEYWORD = "$ref";

    /// Lets every value through.
    public static final JsonNode ANYTHING = JsonNodeFactory.instance.objectNode();

    /// Lets no value through.
    public static final JsonNode NOTHING =
            JsonNodeFactory.instance.objectNode().set("not", ANYTHING);

    /// A chain of references that is longer goes in a circle.
    private static final int MOST = 16;

    private final JsonNode root;

    /// @param root the document that references are resolved in
    public References(JsonNode root) {
        this.root = root;
    }

    /// Whether a schema refers to another one.
    public static boolean isReference(JsonNode schema) {
        return schema.has(KEYWORD);
    }

    /// The schema without a reference, booleans as the schemas they stand for. A reference to
    /// another document, or one with a rule beside it that its target has too, stays.
    public JsonNode resolve(JsonNode schema) {
        JsonNode resolved = schema;
        for (int i = 0; i < MOST && isReference(resolved); i++) {
            JsonNode target = target(resolved);
            if (target.isMissingNode() || !canStandBeside(resolved, target)) {
                return resolved;
            }
            resolved = beside(resolved, target);
        }
        if (resolved.isBoolean()) {
            return resolved.booleanValue() ? ANYTHING : NOTHING;
        }
        return resolved;
    }

    /// What a reference names; missing when it is none, or not in this document.
    public JsonNode target(JsonNode schema) {
        String reference = schema.path(KEYWORD).asString("");
        if (reference.equals("#")) {
            return root;
        }
        return reference.startsWith("#/")
                ? root.at(JsonPointer.compile(reference.substring(1)))
                : root.path("");
    }

    private static boolean canStandBeside(JsonNode schema, JsonNode target) {
        return schema.propertyNames().stream()
                .allMatch(name -> name.equals(KEYWORD) || isFree(name, target));
    }

    private static boolean isFree(String name, JsonNode target) {
        return SchemaKeywords.isRemark(name) || name.startsWith("x-") || !target.has(name);
    }

    private static JsonNode beside(JsonNode schema, JsonNode target) {
        if (!target.isObject()) {
            return target; // true or false; what stands beside it are remarks
        }
        ObjectNode both = (ObjectNode) target.deepCopy();
        schema.forEachEntry(
                (name, value) -> {
                    if (!name.equals(KEYWORD)) {
                        both.set(name, value);
                    }
                });
        return both;
    }
}
