/// CloudEvents 1.0 over HTTP (CNCF): binary, structured and batched mode. The producer's `type` is
/// the name of the event; attributes without a place stay under `context.cloudevents`.
///
/// Enters: a request in any of the three modes.
/// Leaves: canonical events.
/// Never: a guess from the content type, which senders get wrong.
@NullMarked
package dev.sluice.collector.process.protocol.cloudevents;

import org.jspecify.annotations.NullMarked;
