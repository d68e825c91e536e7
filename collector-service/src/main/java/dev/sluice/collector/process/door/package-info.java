/// What the door decides: who is told what, and which events may pass.
///
/// Enters: the elements of a body and where they came from.
/// Leaves: events with their receipts, and a result for each that was not plainly accepted.
/// Never: a check of a contract; that is the validator's.
@NullMarked
package dev.sluice.collector.process.door;

import org.jspecify.annotations.NullMarked;
