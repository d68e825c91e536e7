/// What the events of the last hour look like beside the same hour of earlier days.
///
/// Enters: counts of rows of `events` and `quarantined_events`, and the contracts' owners.
/// Leaves: rows of `quality_*` tables, meters, and a log line when something begins or ends.
/// Never: a failure that keeps a file from being loaded, or a value of an event.
@NullMarked
package dev.sluice.loader.quality;

import org.jspecify.annotations.NullMarked;
