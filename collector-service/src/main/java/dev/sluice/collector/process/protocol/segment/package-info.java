/// The HTTP API of Segment and RudderStack, as their SDKs and beacons use it. What has no place in
/// the canonical event stays under `context`, by its own name.
///
/// Enters: a request to one of their paths.
/// Leaves: canonical events, and the write key if the body has one.
/// Never: a changed property of an event.
@NullMarked
package dev.sluice.collector.process.protocol.segment;

import org.jspecify.annotations.NullMarked;
