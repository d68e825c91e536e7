/// JMH benchmarks of single steps.
///
/// Enters: made-up events of about 2 KB.
/// Leaves: events a second.
/// Never: a limit that a test holds: speed is a figure with a ratio, not a promise.
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
