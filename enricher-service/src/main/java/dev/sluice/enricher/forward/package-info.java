/// The forwarder: domain events of the derived stream to a bus.
///
/// Enters: records of the derived stream, of which it takes the domain events.
/// Leaves: events on the bus, at least once with the same id; what the bus refuses for good as dead
/// letters.
/// Never: the line held up: it reads a stream of its own, and only it waits for the bus.
@NullMarked
package dev.sluice.enricher.forward;

import org.jspecify.annotations.NullMarked;
