/// Enters: a COPY command, the columns of its target, objects in S3 (Parquet or JSON, with or
/// without a manifest).
/// Leaves: rows in PostgreSQL's COPY text format, written to a [CopySink]; what cannot be loaded
/// as a [LoadFailure].
/// Never: SQL, JDBC, the wire protocol; a whole file in memory beyond one read window.
@NullMarked
package dev.sluice.local.redshift.copy;

import org.jspecify.annotations.NullMarked;
