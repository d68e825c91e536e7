/// The publish loop: enriched frames become Parquet files that wait to be loaded.
///
/// Enters: records of the enriched stream.
/// Leaves: quarantine objects, Parquet files, entries of the load queue, in this order.
/// Never: an entry in the queue before its file is there.
@NullMarked
package dev.sluice.loader.publish;

import org.jspecify.annotations.NullMarked;
