/// Whose event it is.
///
/// Enters: the ids of events, and what links them.
/// Leaves: one person id for each event; links that are new to the store of ids.
/// Never: a look-up for each event, or a stop because the store is away.
@NullMarked
package dev.sluice.enricher.process.identity;

import org.jspecify.annotations.NullMarked;
