package dev.sluice.validator.process.accept;

import static java.math.RoundingMode.CEILING;
import static java.math.RoundingMode.FLOOR;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a schema says of texts and numbers; empty where it cannot be held against a token.
final class ScalarRules {

    private static final double HUGE = 0x1p62;

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
        JsonNode least = schema.path("minimum");
        JsonNode above = schema.path("exclusiveMinimum");
        JsonNode most = schema.path("maximum");
        JsonNode below = schema.path("exclusiveMaximum");
        if (Stream.of(least, above, most, below).anyMatch(ScalarRules::isHuge)) {
            return Optional.empty();
        }
        return Optional.of(
                new NumberRule(
                        Math.max(
                                whole(least, false, CEILING, Long.MIN_VALUE),
                                whole(above, true, CEILING, Long.MIN_VALUE)),
                        Math.min(
                                whole(most, false, FLOOR, Long.MAX_VALUE),
                                whole(below, true, FLOOR, Long.MAX_VALUE)),
                        Math.max(
                                outside(least, false, Double.POSITIVE_INFINITY),
                                outside(above, true, Double.POSITIVE_INFINITY)),
                        Math.min(
                                outside(most, false, Double.NEGATIVE_INFINITY),
                                outside(below, true, Double.NEGATIVE_INFINITY)),
                        multiple,
                        values));
    }

    /// Whether a bound is so far out that whole numbers of 64 bits may not hold it.
    private static boolean isHuge(JsonNode bound) {
        return bound.isNumber() && Math.abs(bound.asDouble()) >= HUGE;
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

    /// @param inward how a bound between whole numbers is rounded
    private static long whole(
            JsonNode bound, boolean exclusive, RoundingMode inward, long otherwise) {
        if (!bound.isNumber()) {
            return otherwise;
        }
        BigDecimal value = bound.decimalValue();
        long whole = value.setScale(0, inward).longValueExact();
        boolean isTheBound = value.compareTo(BigDecimal.valueOf(whole)) == 0;
        return exclusive && isTheBound ? whole + (inward == CEILING ? 1 : -1) : whole;
    }

    /// The last fraction outside of a bound. At the bound itself a fraction is allowed only if the
    /// bound is a binary fraction exactly.
    ///
    /// @param inward positive infinity for a lower bound, negative for an upper one
    private static double outside(JsonNode bound, boolean exclusive, double inward) {
        if (!bound.isNumber()) {
            return -inward;
        }
        double value = bound.doubleValue();
        return Math.nextAfter(value, exclusive || !isExact(bound, value) ? inward : -inward);
    }

    private static boolean isExact(JsonNode bound, double value) {
        return Double.isFinite(value) && new BigDecimal(value).compareTo(bound.decimalValue()) == 0;
    }
}
