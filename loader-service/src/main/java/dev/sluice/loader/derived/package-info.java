/// What the enricher found out beyond single events.
///
/// Enters: records of the derived stream.
/// Leaves: files of sessions and of links between ids, in the load queue; lines that nobody can
/// read, on the quarantine's stream.
/// Never: anything that the books count; a row of a person who was erased.
@NullMarked
package dev.sluice.loader.derived;

import org.jspecify.annotations.NullMarked;
