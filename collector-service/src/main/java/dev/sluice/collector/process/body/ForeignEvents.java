package dev.sluice.collector.process.body;

import org.jspecify.annotations.Nullable;

/// The events of one request in the canonical form.
///
/// @param writeKey where the protocol carries it with the events
public record ForeignEvents(SplitBody body, @Nullable String writeKey) {}
