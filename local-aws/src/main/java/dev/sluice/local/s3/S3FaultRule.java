package dev.sluice.local.s3;

import dev.sluice.local.fault.Rule;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/// A fault, and which requests it strikes.
///
/// @param operation empty for all that the fault can strike
/// @param keyPrefix what a key must start with, in any bucket; empty for every key
/// @param delay of [Kind#DELAY]; zero for the others
/// @param probability of striking a match, above 0 to 1
/// @param times strikes after which the rule is spent; [Long#MAX_VALUE] for no end
public record S3FaultRule(
        Kind kind,
        Optional<S3Operation> operation,
        String keyPrefix,
        Duration delay,
        double probability,
        long times)
        implements Rule {

    public enum Kind {
        /// 500 InternalError, and nothing has happened.
        FAIL,
        /// 503 SlowDown, and nothing has happened.
        THROTTLE,
        /// The request takes effect that much later.
        DELAY,
        /// A bit in the middle of what a GetObject answers is flipped.
        CORRUPT,
        /// A GetObject's connection breaks in the middle of the object.
        CUT_OFF,
        /// The connection is closed instead of an answer, after the request took effect.
        DROP_ANSWER,
        /// The disk takes a part of a put and no more: 500, and no object.
        DISK_FULL
    }

    public S3FaultRule {
        Rule.check(probability, times);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative: " + delay);
        }
    }

    /// The fault on every request, for ever.
    public static S3FaultRule always(Kind kind) {
        return new S3FaultRule(kind, Optional.empty(), "", Duration.ZERO, 1, Long.MAX_VALUE);
    }

    public S3FaultRule on(S3Operation newOperation) {
        return new S3FaultRule(
                kind, Optional.of(newOperation), keyPrefix, delay, probability, times);
    }

    public S3FaultRule under(String newPrefix) {
        return new S3FaultRule(kind, operation, newPrefix, delay, probability, times);
    }

    public S3FaultRule withDelay(Duration newDelay) {
        return new S3FaultRule(kind, operation, keyPrefix, newDelay, probability, times);
    }

    public S3FaultRule withProbability(double newProbability) {
        return new S3FaultRule(kind, operation, keyPrefix, delay, newProbability, times);
    }

    public S3FaultRule times(long count) {
        return new S3FaultRule(kind, operation, keyPrefix, delay, probability, count);
    }

    boolean meets(Kind wanted, S3Operation requested, Collection<String> keys) {
        return kind == wanted
                && operation.map(requested::equals).orElse(true)
                && keys.stream().anyMatch(k -> k.startsWith(keyPrefix));
    }
}
