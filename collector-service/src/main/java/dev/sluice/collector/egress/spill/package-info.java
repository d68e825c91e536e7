/// Where events go while the stream does not take them: objects in the bucket, sent on later.
///
/// Enters: the events of requests.
/// Leaves: objects that are wholly there, and later the same events on the stream.
/// Never: an object deleted before the stream has all of it.
@NullMarked
package dev.sluice.collector.egress.spill;

import org.jspecify.annotations.NullMarked;
