package dev.sluice.local.redshift;

import dev.sluice.local.fault.Rule;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A fault, and which statements it strikes.
///
/// @param command first keyword of the statements, such as `MERGE` or `COMMIT`, in any case; empty
///     for all that the fault can strike
/// @param delay of [Kind#DELAY]; zero for the others
/// @param probability of striking a match, above 0 to 1
/// @param times strikes after which the rule is spent; [Long#MAX_VALUE] for no end
public record RedshiftFaultRule(
        Kind kind, Optional<String> command, Duration delay, double probability, long times)
        implements Rule {

    public enum Kind {
        /// The statement waits before it runs.
        DELAY,
        /// The statement takes effect and the connection breaks before the client learns it.
        DROP_ANSWER,
        /// Error 1023, SQLSTATE XX000: the transaction violates serializable isolation.
        CONFLICT,
        /// Error 1016, SQLSTATE 53100: a statement that writes finds no space; its transaction is
        /// aborted.
        DISK_FULL
    }

    /// What needs space.
    private static final Set<String> WRITES = Set.of("COPY", "INSERT", "MERGE", "UPDATE");

    public RedshiftFaultRule {
        Rule.check(probability, times);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative: " + delay);
        }
        command = command.map(c -> c.toUpperCase(Locale.ROOT));
    }

    /// The fault on every statement, for ever.
    public static RedshiftFaultRule always(Kind kind) {
        return new RedshiftFaultRule(kind, Optional.empty(), Duration.ZERO, 1, Long.MAX_VALUE);
    }

    public RedshiftFaultRule on(String newCommand) {
        return new RedshiftFaultRule(kind, Optional.of(newCommand), delay, probability, times);
    }

    public RedshiftFaultRule withDelay(Duration newDelay) {
        return new RedshiftFaultRule(kind, command, newDelay, probability, times);
    }

    public RedshiftFaultRule withProbability(double newProbability) {
        return new RedshiftFaultRule(kind, command, delay, newProbability, times);
    }

    public RedshiftFaultRule times(long count) {
        return new RedshiftFaultRule(kind, command, delay, probability, count);
    }

    boolean meets(Kind wanted, String statement) {
        return kind == wanted
                && command.map(statement::equals)
                        .orElse(kind != Kind.DISK_FULL || WRITES.contains(statement));
    }
}
