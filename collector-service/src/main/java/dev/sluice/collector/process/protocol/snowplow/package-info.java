/// Snowplow's tracker protocol: payload_data over POST, a query string over GET. Parameters without
/// a place in the canonical event stay under `context.snowplow`, by their own name.
///
/// Enters: a request to one of its paths.
/// Leaves: canonical events, and the app id of the first as the write key.
/// Never: a value of another type than a tracker meant.
@NullMarked
package dev.sluice.collector.process.protocol.snowplow;

import org.jspecify.annotations.NullMarked;
