/// How late an event came.
///
/// Enters: the times of an event.
/// Leaves: whether it is late.
/// Never: a dropped event.
@NullMarked
package dev.sluice.enricher.process.lateness;

import org.jspecify.annotations.NullMarked;
