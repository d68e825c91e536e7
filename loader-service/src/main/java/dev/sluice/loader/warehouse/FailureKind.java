package dev.sluice.loader.warehouse;

import dev.sluice.runtime.failure.OutcomeUnknown;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import java.sql.SQLException;

/// Failures of a turn by what helps against them. A file that is refused is none: batches are
/// halved until it is alone.
public enum FailureKind {
    /// Another transaction was in the way (error 1023, SQLSTATE 40001, 40P01, 55P03): to do it
    /// at once again.
    CONFLICT("transient"),

    /// No connection, or it broke (08…, 57P01 to 57P03, none from the pool in time): to wait until
    /// there is one again.
    AWAY("transient"),

    /// Too many connections or queries, or no space (53…, limits that the message names): to leave
    /// the warehouse alone for longer.
    BUSY("transient"),

    /// Anything else that passes by itself, such as a store that cannot be reached: to wait ever
    /// longer.
    PASSING("transient"),

    /// A permission, role, bucket, table or column is missing (28…, 3D…, 3F…, 42…, 0A…, a COPY that
    /// is denied): somebody who reads what health says.
    SETUP("setup"),

    /// The answer to a COMMIT was lost: the ledger, which the next turn reads.
    OUTCOME_UNKNOWN("outcome_unknown"),

    /// What should not happen: to wait ever longer.
    UNEXPECTED("unexpected");

    private final String meter;

    FailureKind(String meter) {
        this.meter = meter;
    }

    /// As the meter calls it.
    String meter() {
        return meter;
    }

    static FailureKind of(RuntimeException thrown) {
        return switch (thrown) {
            case TransientFailure f ->
                    f.getCause() instanceof SQLException sql ? SqlFailures.kind(sql) : PASSING;
            case SetupFailure _ -> SETUP;
            case OutcomeUnknown _ -> OUTCOME_UNKNOWN;
            default -> UNEXPECTED;
        };
    }
}
