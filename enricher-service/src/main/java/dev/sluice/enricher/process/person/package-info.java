/// Whose event it is.
///
/// Enters: the ids of an event.
/// Leaves: one person id.
/// Never: a look-up for each event.
@NullMarked
package dev.sluice.enricher.process.person;

import org.jspecify.annotations.NullMarked;
