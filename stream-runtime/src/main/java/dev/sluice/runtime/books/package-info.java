/// The books: what each stage made of the events of each minute, kept so that a replay changes
/// nothing.
///
/// Enters: counts of what is durable.
/// Leaves: pages of cumulative counts, each true for a record.
/// Never: a page that an older one has overwritten.
@NullMarked
package dev.sluice.runtime.books;

import org.jspecify.annotations.NullMarked;
