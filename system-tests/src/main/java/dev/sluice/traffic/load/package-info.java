/// Enters: batches of planned events, a collector's address and a rate.
/// Leaves: an exact account of what the collector acknowledged, and how long that took.
/// Never: a look at the warehouse, or a second opinion on an event the collector answered 200 for.
@NullMarked
package dev.sluice.traffic.load;

import org.jspecify.annotations.NullMarked;
