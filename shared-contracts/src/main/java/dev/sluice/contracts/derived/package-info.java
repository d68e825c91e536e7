/// What the enricher finds out beyond single events, on a stream of its own.
///
/// Enters: sessions, links between ids, domain events.
/// Leaves: a line of JSON each, and back.
/// Never: events themselves; the books do not count what is derived from them.
@NullMarked
package dev.sluice.contracts.derived;

import org.jspecify.annotations.NullMarked;
