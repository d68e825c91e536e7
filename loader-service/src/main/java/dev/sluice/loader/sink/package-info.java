/// Enriched events into further stores that people search, beside the warehouse and never in its
/// way.
///
/// Enters: records of the enriched stream, by a consumer of its own for each sink.
/// Leaves: rows in the sink, at least once and the same each time; what the sink refuses for good
/// in dead letters.
/// Never: a payload in a dead letter or a log; an event of a person who was erased.
@NullMarked
package dev.sluice.loader.sink;

import org.jspecify.annotations.NullMarked;
