package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonCursor;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// What a number must be; `minimum`, `maximum`, `multipleOf`, `enum`.
///
/// @param least whole number
/// @param most whole number
/// @param above a fraction must be greater; the next number below what is allowed
/// @param below a fraction must be smaller
/// @param multipleOf 1 when any will do
/// @param values the only whole numbers there are; null when there are others
record NumberRule(
        long least,
        long most,
        double above,
        double below,
        long multipleOf,
        @Nullable Set<Long> values) {

    /// Whole numbers of up to 18 digits; for larger ones it does not say yes.
    boolean acceptsInt(JsonCursor cursor) {
        if (!cursor.isLong()) {
            return false;
        }
        long value = cursor.longValue();
        return value >= least
                && value <= most
                && value % multipleOf == 0
                && (values == null || values.contains(value));
    }

    boolean acceptsFraction(JsonCursor cursor) {
        double value = cursor.doubleValue();
        return value > above && value < below;
    }
}
