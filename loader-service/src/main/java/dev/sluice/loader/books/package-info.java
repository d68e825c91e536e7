/// The books in the warehouse: pages of all stages copied there, and the look whether they balance.
///
/// Enters: pages of the books store.
/// Leaves: rows of `pipeline_counts`; meters and a log line when a minute does not balance.
/// Never: a failure that keeps a file from being loaded.
@NullMarked
package dev.sluice.loader.books;

import org.jspecify.annotations.NullMarked;
