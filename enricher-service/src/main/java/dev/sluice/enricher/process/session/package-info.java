/// Visits: which events of a device belong together.
///
/// Enters: events of a shard, in its order.
/// Leaves: the session of each; sessions as they change.
/// Never: a clock of this machine; time is that of events and of their receipt.
@NullMarked
package dev.sluice.enricher.process.session;

import org.jspecify.annotations.NullMarked;
