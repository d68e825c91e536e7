/// Where enriched events go.
///
/// Enters: enriched events and quarantine records.
/// Leaves: durable frames and quarantine objects.
/// Never: a return before they are durable.
@NullMarked
package dev.sluice.enricher.egress;

import org.jspecify.annotations.NullMarked;
