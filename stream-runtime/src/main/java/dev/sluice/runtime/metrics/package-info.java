/// What was counted, with an algebra that must hold.
///
/// Enters: tallies of batches.
/// Leaves: meters.
/// Never: a tally that does not add up.
@NullMarked
package dev.sluice.runtime.metrics;

import org.jspecify.annotations.NullMarked;
