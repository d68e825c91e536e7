package dev.sluice.contracts.evolution;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/// Compares two values of one keyword of JSON Schema 2020-12, by what they let through. A keyword
/// that is absent lets everything through. Where it cannot be told cheaply the answer is
/// {@link Span#NARROWER}: a change too many is asked for, never one too few.
final class Keywords {

    private static final Set<String> LOWER_BOUNDS =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    private static final Set<String> UPPER_BOUNDS =
            Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");

    private Keywords() {}

    /// @param older null where it was absent
    /// @param newer null where it is absent
    static Span compare(String keyword, @Nullable JsonNode older, @Nullable JsonNode newer) {
        if (same(older, newer)) {
            return Span.SAME;
        }
        if (newer == null) {
            return Span.WIDER;
        }
        if (older == null) {
            return keyword.equals("uniqueItems") && !newer.asBoolean(true)
                    ? Span.SAME
                    : Span.NARROWER;
        }
        return changed(keyword, older, newer);
    }

    private static Span changed(String keyword, JsonNode older, JsonNode newer) {
        if (LOWER_BOUNDS.contains(keyword)) {
            return number(newer).compareTo(number(older)) < 0 ? Span.WIDER : Span.NARROWER;
        }
        if (UPPER_BOUNDS.contains(keyword)) {
            return number(newer).compareTo(number(older)) > 0 ? Span.WIDER : Span.NARROWER;
        }
        return switch (keyword) {
            case "type" -> widerIf(types(newer).containsAll(types(older)));
            case "enum" -> values(older, newer);
            case "multipleOf" -> widerIf(number(older).remainder(number(newer)).signum() == 0);
            case "uniqueItems" -> widerIf(!newer.asBoolean(true));
            default -> Span.NARROWER;
        };
    }

    /// Order does not matter in an enumeration.
    private static Span values(JsonNode older, JsonNode newer) {
        Set<JsonNode> before = Set.copyOf(older.valueStream().toList());
        Set<JsonNode> now = Set.copyOf(newer.valueStream().toList());
        return before.equals(now) ? Span.SAME : widerIf(now.containsAll(before));
    }

    private static Span widerIf(boolean holds) {
        return holds ? Span.WIDER : Span.NARROWER;
    }

    private static boolean same(@Nullable JsonNode older, @Nullable JsonNode newer) {
        if (older == null || newer == null) {
            return older == newer;
        }
        if (older.isNumber() && newer.isNumber()) {
            return number(older).compareTo(number(newer)) == 0;
        }
        return older.equals(newer);
    }

    /// The JSON types that are let through; every integer is a number.
    private static Set<String> types(JsonNode type) {
        Set<String> types = new HashSet<>();
        if (type.isString()) {
            types.add(type.stringValue());
        } else {
            type.valueStream().forEach(each -> types.add(each.asString("")));
        }
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static BigDecimal number(JsonNode value) {
        return value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
    }
}
