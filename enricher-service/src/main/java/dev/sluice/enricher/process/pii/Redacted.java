package dev.sluice.enricher.process.pii;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.pii.text.PiiKind;

import java.util.Set;

/// An event without what is personal.
///
/// @param kinds of what it had
public record Redacted(SectionedEvent event, Set<PiiKind> kinds) {}
