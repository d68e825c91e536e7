package dev.sluice.local.eventbridge;

import dev.sluice.local.fault.Rule;

import java.time.Duration;
import java.util.Optional;

/// Which calls an action strikes, how surely and how often.
///
/// @param operation such as `PutEvents`; empty for all
/// @param probability of striking a match, above 0 to 1
/// @param times strikes after which the rule is spent; [Long#MAX_VALUE] for no end
public record EventBridgeFaultRule(
        Optional<String> operation, Action action, double probability, long times) implements Rule {

    /// What befalls a call.
    public sealed interface Action {}

    /// 400 `ThrottlingException`, and nothing has happened.
    public record Throttle() implements Action {}

    /// The first `count` entries of a PutEvents fail with the code; the others are taken.
    public record FailEntries(int count, String error) implements Action {
        public FailEntries {
            if (count < 1) {
                throw new IllegalArgumentException("count must be >= 1: " + count);
            }
        }
    }

    /// The call takes effect that much later.
    public record Delay(Duration delay) implements Action {
        public Delay {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("delay must be >= 0: " + delay);
            }
        }
    }

    /// The call has no effect and is answered with this error.
    public record Fail(int status, String error) implements Action {
        public Fail {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status must be 400 to 599: " + status);
            }
        }
    }

    /// The call takes effect and the connection is closed without an answer.
    public record DropAnswer() implements Action {}

    public EventBridgeFaultRule {
        Rule.check(probability, times);
    }

    /// The action on every call, for ever.
    public static EventBridgeFaultRule always(Action action) {
        return new EventBridgeFaultRule(Optional.empty(), action, 1, Long.MAX_VALUE);
    }

    public EventBridgeFaultRule onOperation(String name) {
        return new EventBridgeFaultRule(Optional.of(name), action, probability, times);
    }

    public EventBridgeFaultRule withProbability(double newProbability) {
        return new EventBridgeFaultRule(operation, action, newProbability, times);
    }

    public EventBridgeFaultRule times(long count) {
        return new EventBridgeFaultRule(operation, action, probability, count);
    }

    boolean matches(String called) {
        return operation.map(called::equals).orElse(true)
                && (!(action instanceof FailEntries) || called.equals(PutEvents.NAME));
    }
}
