package dev.sluice.local.dynamodb;

import dev.sluice.local.fault.Rule;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/// A fault, and which calls it strikes.
///
/// @param operation such as `UpdateItem`; empty for all
/// @param table a table the call names; empty for all
/// @param delay of [Kind#DELAY]; zero for the others
/// @param probability of striking a match, above 0 to 1
/// @param times strikes after which the rule is spent; [Long#MAX_VALUE] for no end
public record DynamoDbFaultRule(
        Kind kind,
        Optional<String> operation,
        Optional<String> table,
        Duration delay,
        double probability,
        long times)
        implements Rule {

    public enum Kind {
        /// 400 `ProvisionedThroughputExceededException`, and nothing has happened.
        THROTTLE,
        /// 500 `InternalServerError`, and nothing has happened.
        FAIL,
        /// The call takes effect that much later.
        DELAY,
        /// The call takes effect and the connection is closed without an answer.
        DROP_ANSWER
    }

    public DynamoDbFaultRule {
        Rule.check(probability, times);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative: " + delay);
        }
    }

    /// The fault on every call, for ever.
    public static DynamoDbFaultRule always(Kind kind) {
        return new DynamoDbFaultRule(
                kind, Optional.empty(), Optional.empty(), Duration.ZERO, 1, Long.MAX_VALUE);
    }

    public DynamoDbFaultRule onOperation(String name) {
        return new DynamoDbFaultRule(kind, Optional.of(name), table, delay, probability, times);
    }

    public DynamoDbFaultRule onTable(String name) {
        return new DynamoDbFaultRule(kind, operation, Optional.of(name), delay, probability, times);
    }

    public DynamoDbFaultRule withDelay(Duration newDelay) {
        return new DynamoDbFaultRule(kind, operation, table, newDelay, probability, times);
    }

    public DynamoDbFaultRule withProbability(double newProbability) {
        return new DynamoDbFaultRule(kind, operation, table, delay, newProbability, times);
    }

    public DynamoDbFaultRule times(long count) {
        return new DynamoDbFaultRule(kind, operation, table, delay, probability, count);
    }

    boolean meets(String calledOperation, Collection<String> tables) {
        return operation.map(calledOperation::equals).orElse(true)
                && table.map(tables::contains).orElse(true);
    }
}
