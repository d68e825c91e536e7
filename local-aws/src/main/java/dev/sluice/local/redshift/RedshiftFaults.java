package dev.sluice.local.redshift;

import dev.sluice.local.fault.FaultRules;
import dev.sluice.local.redshift.RedshiftFaultRule.Kind;
import dev.sluice.local.redshift.wire.SessionFaults;

import java.time.Duration;

/// Faults a test or a demonstration can switch on while a [RedshiftServer] runs. Safe for use by
/// several threads.
public final class RedshiftFaults implements SessionFaults {

    private final FaultRules<RedshiftFaultRule> rules = new FaultRules<>(new RedshiftFaultForm());

    RedshiftFaults() {}

    public void add(RedshiftFaultRule rule) {
        rules.add(rule);
    }

    /// Makes every statement wait before it runs.
    public void delayStatements(Duration delay) {
        add(RedshiftFaultRule.always(Kind.DELAY).withDelay(delay));
    }

    /// The next `times` COMMITs take effect and the connection breaks before the client learns it.
    public void loseCommitAnswers(int times) {
        add(RedshiftFaultRule.always(Kind.DROP_ANSWER).on("COMMIT").times(times));
    }

    /// The next `times` statements that start with `command` fail as Redshift's serializable
    /// isolation makes them fail: error 1023, SQLSTATE XX000, transaction aborted.
    ///
    /// @param command first keyword of the statement, such as `MERGE` or `COMMIT`, in any case
    public void conflictOn(String command, int times) {
        add(RedshiftFaultRule.always(Kind.CONFLICT).on(command).times(times));
    }

    /// Statements that write fail for want of space, until the faults are cleared.
    public void fillDisk() {
        add(RedshiftFaultRule.always(Kind.DISK_FULL));
    }

    /// Switches every fault off.
    public void clear() {
        rules.clear();
    }

    public FaultRules<RedshiftFaultRule> rules() {
        return rules;
    }

    @Override
    public Duration delay(String command) {
        return rules.strike(r -> r.meets(Kind.DELAY, command))
                .map(RedshiftFaultRule::delay)
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public boolean losesAnswer(String command) {
        return strikes(Kind.DROP_ANSWER, command);
    }

    @Override
    public boolean conflicts(String command) {
        return strikes(Kind.CONFLICT, command);
    }

    @Override
    public boolean isDiskFull(String command) {
        return strikes(Kind.DISK_FULL, command);
    }

    private boolean strikes(Kind kind, String command) {
        return rules.strikeOne(r -> r.meets(kind, command)).isPresent();
    }
}
