/// Which task of a fleet leads: one at a time, and one that only believes so can do no harm.
///
/// Enters: claims of the tasks of the fleet.
/// Leaves: a lease with a fencing token that grows with every new leader.
/// Never: a comparison of two machines' clocks.
@NullMarked
package dev.sluice.runtime.leader;

import org.jspecify.annotations.NullMarked;
