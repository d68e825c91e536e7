/// The lake as Amazon Athena sees it.
///
/// Enters: the columns of the contracts, the name of a bucket.
/// Leaves: statements that make a table on the file lists, views on it, and the questions that the
/// business asks.
/// Never: a call to Athena.
@NullMarked
package dev.sluice.loader.athena;

import org.jspecify.annotations.NullMarked;
