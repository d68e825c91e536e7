/// The loader: everything received into the raw archive, every enriched event into the warehouse.
///
/// Enters: the raw and the enriched stream.
/// Leaves: archive objects, Parquet files, rows.
/// Never: a row without a file it came from.
@NullMarked
package dev.sluice.loader;

import org.jspecify.annotations.NullMarked;
