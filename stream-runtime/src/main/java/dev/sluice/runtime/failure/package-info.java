/// What may go wrong with infrastructure, by what the caller may do next.
///
/// Enters: an exception of an SDK or a driver.
/// Leaves: one of three failures that say what to do.
/// Never: bad data: that is a value.
@NullMarked
package dev.sluice.runtime.failure;

import org.jspecify.annotations.NullMarked;
