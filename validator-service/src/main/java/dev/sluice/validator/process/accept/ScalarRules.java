package dev.sluice.validator.process.accept;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What a schema says of texts and numbers; empty where it cannot be held against a token.
final class ScalarRules {

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private ScalarRules() {}

    static Optional<TextRule> text(JsonNode schema) {
        @Nullable SafePattern pattern = null;
        if (schema.has("pattern")) {
            pattern = SafePattern.of(schema.path("pattern").asString("")).orElse(null);
            if (pattern == null) {
                return Optional.empty();
            }
        }
        @Nullable TextFormat format = null;
        if (schema.has("format")) {
            format = TextFormat.of(schema.path("format").asString("")).orElse(null);
            if (format == null) {
                return Optional.empty();
            }
        }
        @Nullable Set<String> values = null;
        if (schema.has("enum") || schema.has("const")) {
            Set<String> texts = new HashSet<>();
            values(schema).stream()
                    .filter(JsonNode::isString)
                    .forEach(value -> texts.add(value.stringValue()));
            values = Set.copyOf(texts);
        }
        return Optional.of(
                new TextRule(
                        count(schema, "minLength", 0),
                        count(schema, "maxLength", Integer.MAX_VALUE),
                        pattern,
                        format,
                        values));
    }

    static Optional<NumberRule> number(JsonNode schema) {
        long multiple = 1;
        if (schema.has("multipleOf")) {
            JsonNode of = schema.path("multipleOf");
            if (!of.isIntegralNumber() || !of.canConvertToLong() || of.longValue() < 1) {
                return Optional.empty();
            }
            multiple = of.longValue();
        }
        @Nullable Set<Long> values = null;
        if (schema.has("enum") || schema.has("const")) {
            Set<Long> numbers = new HashSet<>();
            values(schema).stream()
                    .filter(value -> value.isIntegralNumber() && value.canConvertToLong())
                    .forEach(value -> numbers.add(value.longValue()));
            values = Set.copyOf(numbers);
        }
        return Optional.of(
                new NumberRule(
                        Math.max(
                                least(schema.path("minimum"), false),
                                least(schema.path("exclusiveMinimum"), true)),
                        Math.min(
                                most(schema.path("maximum"), false),
                                most(schema.path("exclusiveMaximum"), true)),
                        Math.max(
                                above(schema.path("minimum"), false),
                                above(schema.path("exclusiveMinimum"), true)),
                        Math.min(
                                below(schema.path("maximum"), false),
                                below(schema.path("exclusiveMaximum"), true)),
                        multiple,
                        values));
    }

    /// A count of a schema, which is never negative.
    static int count(JsonNode schema, String keyword, int otherwise) {
        JsonNode value = schema.path(keyword);
        return value.isNumber() ? (int) Math.min(value.asDouble(), Integer.MAX_VALUE) : otherwise;
    }

    /// Where both are there a value must be in both.
    private static Set<JsonNode> values(JsonNode schema) {
        Set<JsonNode> values = new HashSet<>();
        schema.path("enum").valueStream().forEach(values::add);
        JsonNode constant = schema.get("const");
        if (constant != null) {
            if (schema.has("enum")) {
                values.retainAll(Set.of(constant));
            } else {
                values.add(constant);
            }
        }
        return values;
    }

    private static long least(JsonNode bound, boolean exclusive) {
        if (!bound.isNumber()) {
            return Long.MIN_VALUE;
        }
        BigDecimal value = bound.decimalValue();
        BigDecimal whole =
                exclusive
                        ? value.setScale(0, RoundingMode.FLOOR).add(BigDecimal.ONE)
                        : value.setScale(0, RoundingMode.CEILING);
        return whole.max(LEAST).min(MOST).longValue();
    }

    private static long most(JsonNode bound, boolean exclusive) {
        if (!bound.isNumber()) {
            return Long.MAX_VALUE;
        }
        BigDecimal value = bound.decimalValue();
        BigDecimal whole =
                exclusive
                        ? value.setScale(0, RoundingMode.CEILING).subtract(BigDecimal.ONE)
                        : value.setScale(0, RoundingMode.FLOOR);
        return whole.max(LEAST).min(MOST).longValue();
    }

    /// A fraction is allowed at the bound itself only if the bound is a binary fraction exactly.
    private static double above(JsonNode bound, boolean exclusive) {
        if (!bound.isNumber()) {
            return Double.NEGATIVE_INFINITY;
        }
        double value = bound.doubleValue();
        return exclusive || !isExact(bound, value) ? Math.nextUp(value) : Math.nextDown(value);
    }

    private static double below(JsonNode bound, boolean exclusive) {
        if (!bound.isNumber()) {
            return Double.POSITIVE_INFINITY;
        }
        double value = bound.doubleValue();
        return exclusive || !isExact(bound, value) ? Math.nextDown(value) : Math.nextUp(value);
    }

    private static boolean isExact(JsonNode bound, double value) {
        return Double.isFinite(value) && new BigDecimal(value).compareTo(bound.decimalValue()) == 0;
    }
}
