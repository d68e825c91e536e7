/// The quarantine's stream on its way into the lake and the warehouse.
///
/// Enters: what validator, enricher and loader refused, each with reason and original bytes.
/// Leaves: objects by day and reason, and a queued file of rows for `quarantined_events`.
/// Never: a record that is acknowledged before both are durable.
@NullMarked
package dev.sluice.loader.quarantine;

import org.jspecify.annotations.NullMarked;
