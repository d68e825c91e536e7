/// The enricher: adds what can be learned about an event from the event and from reference data.
///
/// Enters: frames of the valid stream.
/// Leaves: frames of the enriched stream, quarantine objects, the token last.
/// Never: an event held back because something could not be learned about it.
@NullMarked
package dev.sluice.enricher;

import org.jspecify.annotations.NullMarked;
