/// The file lists of the lake: which Parquet files an hour of curated events consists of.
///
/// Enters: files that stand in the warehouse's ledger, and swaps of files for others with the same
/// rows.
/// Leaves: one list for each hour, for our own use and, as `symlink.txt`, for Athena.
/// Never: a row in two files of a list because of a swap, or in none; a file that is not loaded.
@NullMarked
package dev.sluice.loader.lake;

import org.jspecify.annotations.NullMarked;
