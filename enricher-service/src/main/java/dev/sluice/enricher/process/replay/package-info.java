/// Which events the validator has sent before.
///
/// Enters: received events with their origins.
/// Leaves: those that come for the first time, and the replays apart.
/// Never: a mark that stays when the event's effects do not.
@NullMarked
package dev.sluice.enricher.process.replay;

import org.jspecify.annotations.NullMarked;
