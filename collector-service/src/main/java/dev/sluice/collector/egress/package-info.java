/// The way to the raw stream.
///
/// Enters: the events of one request, with their receipts.
/// Leaves: frames, durable on the stream, or a failure.
/// Never: a return before the stream has all of them.
@NullMarked
package dev.sluice.collector.egress;

import org.jspecify.annotations.NullMarked;
