/// The way to the raw stream, and the count of what went there.
///
/// Enters: the events of one request, with their receipts.
/// Leaves: frames, durable on the stream, or a failure; pages of the books.
/// Never: a return before the stream has all of them.
@NullMarked
package dev.sluice.collector.egress;

import org.jspecify.annotations.NullMarked;
