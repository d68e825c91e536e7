package dev.sluice.collector.process.door;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

/// What the sender must be told of one event.
///
/// @param index of the event in its request, from 0
/// @param eventId its own, or the one it was given
/// @param refusal why it was not accepted; null if it was, but had no id
public record EventResult(int index, EventId eventId, @Nullable Rejection refusal) {}
