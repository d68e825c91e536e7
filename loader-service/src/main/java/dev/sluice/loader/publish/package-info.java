/// The publish loop: enriched frames become Parquet files that wait to be loaded.
///
/// Enters: records of the enriched stream.
/// Leaves: quarantine objects, Parquet files, queue entries, pages of the books, in this order.
/// Never: an entry in the queue before its file is there, nor anything remembered that is not.
@NullMarked
package dev.sluice.loader.publish;

import org.jspecify.annotations.NullMarked;
