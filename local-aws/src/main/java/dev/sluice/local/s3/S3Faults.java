package dev.sluice.local.s3;

import dev.sluice.local.fault.FaultRules;
import dev.sluice.local.s3.S3FaultRule.Kind;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/// Makes requests go wrong, in the ways S3 and the network between go wrong.
///
/// A request meets at most one rule of a kind, the first that is not spent. A retry of the SDK is a
/// request like any other. Thread-safe.
public final class S3Faults {

    private final FaultRules<S3FaultRule> rules = new FaultRules<>(new S3FaultForm());

    S3Faults() {}

    public void add(S3FaultRule rule) {
        rules.add(rule);
    }

    /// Answers 500 InternalError, and nothing has happened.
    public void fail(S3Operation operation, String keyPrefix, int times) {
        add(S3FaultRule.always(Kind.FAIL).on(operation).under(keyPrefix).times(times));
    }

    /// Holds the request back before it takes effect.
    public void delay(S3Operation operation, String keyPrefix, Duration delay, int times) {
        add(
                S3FaultRule.always(Kind.DELAY)
                        .on(operation)
                        .under(keyPrefix)
                        .withDelay(delay)
                        .times(times));
    }

    /// Flips a bit in the middle of what a GetObject answers; the stored object stays as it is.
    public void corrupt(String keyPrefix, int times) {
        add(S3FaultRule.always(Kind.CORRUPT).under(keyPrefix).times(times));
    }

    /// Closes the connection instead of answering, after the request took effect.
    public void loseAnswer(S3Operation operation, String keyPrefix, int times) {
        add(S3FaultRule.always(Kind.DROP_ANSWER).on(operation).under(keyPrefix).times(times));
    }

    /// Takes back what is not used up.
    public void clear() {
        rules.clear();
    }

    /// How many requests are still to go wrong; rules without an end do not count.
    public long pending() {
        return rules.all().stream()
                .filter(s -> s.rule().times() != Long.MAX_VALUE)
                .mapToLong(s -> s.rule().times() - s.times())
                .sum();
    }

    public FaultRules<S3FaultRule> rules() {
        return rules;
    }

    Optional<S3FaultRule> take(Kind kind, S3Operation operation, Collection<String> keys) {
        return rules.strikeOne(r -> r.meets(kind, operation, keys));
    }
}
