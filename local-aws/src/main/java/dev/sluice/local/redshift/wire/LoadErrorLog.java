package dev.sluice.local.redshift.wire;

/// Keeps what `stl_load_errors` shows. Implementations write outside the client's transaction,
/// which is about to roll back, and do not throw.
@FunctionalInterface
public interface LoadErrorLog {

    /// @param line row within the COPY, 0 when the error is not about a row
    void record(String table, String file, long line, String column, String reason);
}
