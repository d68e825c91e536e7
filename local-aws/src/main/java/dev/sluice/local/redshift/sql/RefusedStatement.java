package dev.sluice.local.redshift.sql;

/// A statement that Redshift would refuse, or that this stand-in cannot run with Redshift's
/// meaning. The client gets the SQLSTATE and the message as an ordinary error of the server, and
/// its transaction is aborted.
public final class RefusedStatement extends RuntimeException {

    /// SQLSTATE `feature_not_supported`.
    public static final String NOT_SUPPORTED = "0A000";

    private final String sqlState;

    public RefusedStatement(String sqlState, String message) {
        super(message);
        this.sqlState = sqlState;
    }

    /// Something Redshift itself refuses.
    static RefusedStatement byRedshift(String what) {
        return new RefusedStatement(NOT_SUPPORTED, what + " is not supported by Amazon Redshift");
    }

    /// Something Redshift runs and the stand-in does not.
    static RefusedStatement byStandIn(String what) {
        return new RefusedStatement(
                NOT_SUPPORTED, what + " is not supported by the local Redshift stand-in");
    }

    public String sqlState() {
        return sqlState;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
