/// The form in which rows lie in the object store: Parquet that COPY, Athena and DuckDB read.
///
/// Enters: rows in the order of the staging columns.
/// Leaves: the bytes of one Parquet file.
/// Never: a column that the table has not, or in another order: COPY maps by position.
@NullMarked
package dev.sluice.loader.parquet;

import org.jspecify.annotations.NullMarked;
