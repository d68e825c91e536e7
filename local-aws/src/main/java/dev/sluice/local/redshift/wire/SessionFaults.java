package dev.sluice.local.redshift.wire;

import java.time.Duration;

/// Faults to inject into sessions; asked for every statement, so it must be quick.
public interface SessionFaults {

    /// How long a statement waits before it is sent on.
    ///
    /// @param command first keyword of the statement, upper case
    Duration delay(String command);

    /// Whether the connection breaks now that the command took effect and before its answer is
    /// sent.
    ///
    /// @param command first keyword of the statement, upper case
    boolean losesAnswer(String command);

    /// Whether this command fails with a serializable isolation violation.
    ///
    /// @param command first keyword of the statement, upper case
    boolean conflicts(String command);

    /// Whether this command fails for want of space.
    ///
    /// @param command first keyword of the statement, upper case
    boolean isDiskFull(String command);
}
