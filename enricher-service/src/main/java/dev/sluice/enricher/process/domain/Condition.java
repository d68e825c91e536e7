package dev.sluice.enricher.process.domain;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.List;

/// What a field must be for a rule to apply. A field that is not there, or null, meets none but
/// `exists: false`.
sealed interface Condition {

    FieldPath field();

    boolean isMetBy(JsonNode value);

    /// @param wanted a text, number or boolean; numbers are equal by value
    record Equal(FieldPath field, JsonNode wanted) implements Condition {
        @Override
        public boolean isMetBy(JsonNode value) {
            return same(value, wanted);
        }
    }

    record In(FieldPath field, List<JsonNode> wanted) implements Condition {
        public In {
            wanted = List.copyOf(wanted);
        }

        @Override
        public boolean isMetBy(JsonNode value) {
            return wanted.stream().anyMatch(each -> same(value, each));
        }
    }

    record GreaterThan(FieldPath field, BigDecimal limit) implements Condition {
        @Override
        public boolean isMetBy(JsonNode value) {
            return value.isNumber() && value.decimalValue().compareTo(limit) > 0;
        }
    }

    record Exists(FieldPath field, boolean wanted) implements Condition {
        @Override
        public boolean isMetBy(JsonNode value) {
            return wanted != (value.isMissingNode() || value.isNull());
        }
    }

    private static boolean same(JsonNode value, JsonNode wanted) {
        return value.isNumber() && wanted.isNumber()
                ? value.decimalValue().compareTo(wanted.decimalValue()) == 0
                : value.equals(wanted);
    }
}
