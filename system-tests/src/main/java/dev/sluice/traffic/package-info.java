/// Enters: a seed, a clock, how many devices and how much trouble.
/// Leaves: batches of events as clients post them, each event with what the fleet must make of it.
/// Never: a network, a static clock, randomness that the seed does not decide.
@NullMarked
package dev.sluice.traffic;

import org.jspecify.annotations.NullMarked;
