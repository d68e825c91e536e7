/// A bus: where events are put that other systems act on.
///
/// Enters: events with a source, a type and a JSON object.
/// Leaves: for each whether the bus has it.
/// Never: a retry; whoever puts decides what to put again.
@NullMarked
package dev.sluice.runtime.bus;

import org.jspecify.annotations.NullMarked;
