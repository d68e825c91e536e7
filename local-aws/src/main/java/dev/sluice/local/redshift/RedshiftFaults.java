package dev.sluice.local.redshift;

import dev.sluice.local.redshift.wire.SessionFaults;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Faults a test or a demonstration can switch on while a [RedshiftServer] runs. Safe for use by
/// several threads.
public final class RedshiftFaults implements SessionFaults {

    private final Map<String, Integer> lostAnswers = new ConcurrentHashMap<>();
    private final Map<String, Integer> conflicts = new ConcurrentHashMap<>();
    private volatile Duration delay = Duration.ZERO;

    RedshiftFaults() {}

    /// Makes every statement wait before it runs; [Duration#ZERO] ends it.
    ///
    /// @throws IllegalArgumentException when the delay is negative
    public void delayStatements(Duration newDelay) {
        if (newDelay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative: " + newDelay);
        }
        delay = newDelay;
    }

    /// The next `times` COMMITs take effect and the connection breaks before the client learns it.
    public void loseCommitAnswers(int times) {
        arm(lostAnswers, "COMMIT", times);
    }

    /// The next `times` statements that start with `command` fail as Redshift's serializable
    /// isolation makes them fail: error 1023, SQLSTATE XX000, transaction aborted.
    ///
    /// @param command first keyword of the statement, such as `MERGE` or `COMMIT`, in any case
    public void conflictOn(String command, int times) {
        arm(conflicts, command.toUpperCase(Locale.ROOT), times);
    }

    /// Switches every fault off.
    public void clear() {
        delay = Duration.ZERO;
        lostAnswers.clear();
        conflicts.clear();
    }

    @Override
    public Duration statementDelay() {
        return delay;
    }

    @Override
    public boolean losesAnswer(String command) {
        return take(lostAnswers, command);
    }

    @Override
    public boolean conflicts(String command) {
        return take(conflicts, command);
    }

    private static void arm(Map<String, Integer> faults, String command, int times) {
        if (times < 0) {
            throw new IllegalArgumentException("times must not be negative: " + times);
        }
        faults.put(command, times);
    }

    private static boolean take(Map<String, Integer> faults, String command) {
        boolean[] taken = new boolean[1];
        faults.computeIfPresent(
                command,
                (key, left) -> {
                    taken[0] = left > 0;
                    return left > 1 ? left - 1 : null;
                });
        return taken[0];
    }
}
