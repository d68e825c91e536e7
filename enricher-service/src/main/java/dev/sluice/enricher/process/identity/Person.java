package dev.sluice.enricher.process.identity;

import dev.sluice.contracts.derived.IdentityLink;

import java.util.List;

/// Whose an event is, as found when its slice was prepared.
///
/// @param id for the event's `person_id`
/// @param isKnown whether all that was asked for was answered; if not, a replay finds out
/// @param links that the event made
record Person(String id, boolean isKnown, List<IdentityLink> links) {}
