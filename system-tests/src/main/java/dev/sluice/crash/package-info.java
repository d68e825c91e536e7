/// The crash suite: known traffic through a fleet of processes while it is killed, stopped, cut off
/// and resharded, and then the question where every single event is.
///
/// Enters: a seed and a duration.
/// Leaves: a verdict by event id, the list of what was done and when, and an exit code.
/// Never: trust in what the services count of themselves where it can be counted anew.
@NullMarked
package dev.sluice.crash;

import org.jspecify.annotations.NullMarked;
