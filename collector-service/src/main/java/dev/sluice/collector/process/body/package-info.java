/// From the bytes of a body to the events in it.
///
/// Enters: a whole body, decompressed.
/// Leaves: each event's own bytes and the few fields that the door looks at.
/// Never: an event written again; bytes stay bytes.
@NullMarked
package dev.sluice.collector.process.body;

import org.jspecify.annotations.NullMarked;
