/// The enrichments of an event, in order.
///
/// Enters: received events.
/// Leaves: events with their enrichment section.
/// Never: AWS, Spring, a static clock, or a change to what others wrote.
@NullMarked
package dev.sluice.enricher.process;

import org.jspecify.annotations.NullMarked;
