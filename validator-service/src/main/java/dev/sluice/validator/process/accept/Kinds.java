package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonKind;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/// Which kinds of values a schema lets through: by `type`, `enum` and `const`.
final class Kinds {

    private static final int SCALARS =
            JsonKind.NULL | JsonKind.TRUE | JsonKind.FALSE | JsonKind.INTEGER | JsonKind.TEXT;

    private Kinds() {}

    static int of(JsonNode schema) {
        int kinds = byType(schema.path("type"));
        for (JsonNode values : new JsonNode[] {schema.path("enum"), one(schema.get("const"))}) {
            if (!values.isMissingNode()) {
                kinds &= byValues(values);
            }
        }
        // Whether a fraction is a multiple, or one of the values, depends on how it is rounded.
        return schema.has("multipleOf") ? kinds & ~JsonKind.FRACTION : kinds;
    }

    private static JsonNode one(@Nullable JsonNode constant) {
        return constant == null
                ? MissingNode.getInstance()
                : JsonNodeFactory.instance.arrayNode().add(constant);
    }

    /// By `type` alone; all if there is none.
    static int byType(JsonNode type) {
        if (type.isMissingNode()) {
            return JsonKind.ALL;
        }
        if (type.isString()) {
            return byName(type.stringValue());
        }
        int kinds = 0;
        for (JsonNode each : type) {
            kinds |= byName(each.asString(""));
        }
        return kinds;
    }

    private static int byName(String type) {
        return switch (type) {
            case "null" -> JsonKind.NULL;
            case "boolean" -> JsonKind.TRUE | JsonKind.FALSE;
            // 1.0 is an integer too; the full check sees to it.
            case "integer" -> JsonKind.INTEGER;
            case "number" -> JsonKind.INTEGER | JsonKind.FRACTION;
            case "string" -> JsonKind.TEXT;
            case "object" -> JsonKind.OBJECT;
            case "array" -> JsonKind.LIST;
            default -> 0;
        };
    }

    /// Only scalars are compared here.
    private static int byValues(JsonNode values) {
        int kinds = 0;
        for (JsonNode value : values) {
            kinds |=
                    switch (value.getNodeType()) {
                        case NULL -> JsonKind.NULL;
                        case BOOLEAN -> value.booleanValue() ? JsonKind.TRUE : JsonKind.FALSE;
                        case NUMBER -> value.isIntegralNumber() ? JsonKind.INTEGER : 0;
                        case STRING -> JsonKind.TEXT;
                        case ARRAY, BINARY, MISSING, OBJECT, POJO -> 0;
                    };
        }
        return kinds & SCALARS;
    }
}
