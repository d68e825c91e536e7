/// What other systems act on: rules that make domain events of enriched events and ended sessions.
///
/// Enters: events after redaction, changes of sessions.
/// Leaves: domain events, the same with the same id whenever they are made again.
/// Never: an event looked into whose type has no rule; a personal field that no rule asks for by
/// that word.
@NullMarked
package dev.sluice.enricher.process.domain;

import org.jspecify.annotations.NullMarked;
