/// What people do with the quarantine: look, mend, send again.
///
/// Enters: records of `quarantined_events` and of the quarantine's objects.
/// Leaves: mended bodies in the bucket, and events on the raw stream with the receipt they had.
/// Never: an event that is sent again under another id, or twice while it is on its way.
@NullMarked
package dev.sluice.quarantine;

import org.jspecify.annotations.NullMarked;
