/// What the leader does about the warehouse now and then, besides loading.
///
/// Enters: jobs, each with its interval.
/// Leaves: their turns, one at a time, and how long ago each was.
/// Never: a load that waits for a job, or a job that ends the others.
@NullMarked
package dev.sluice.loader.upkeep;

import org.jspecify.annotations.NullMarked;
