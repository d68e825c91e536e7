package dev.sluice.loader.warehouse;

import java.sql.SQLException;
import java.time.Instant;

/// The rows of one load transaction on their way into their table: copied, counted, merged and
/// dropped, in this order. In temporary tables that a rollback leaves to nobody.
interface StagedRows {

    /// Copies the files of a manifest.
    ///
    /// @return how many rows they hold
    long copy(String manifestUri, String iamRole) throws SQLException;

    /// Tells new rows from those that are there and notes the counts. Leaves in staging what is to
    /// be merged.
    LoadOutcome.Loaded count(String batchId, long staged, Instant loadedAt) throws SQLException;

    void merge(Instant loadedAt) throws SQLException;

    void drop() throws SQLException;
}
