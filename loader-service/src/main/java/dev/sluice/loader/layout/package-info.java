/// Which columns a curated file has, and in which order.
///
/// Enters: the table as the contracts of a moment want it.
/// Leaves: a name for its columns that stands in the queue beside each file, and the columns behind
/// such a name.
/// Never: a file whose columns nobody can tell any more.
@NullMarked
package dev.sluice.loader.layout;

import org.jspecify.annotations.NullMarked;
