package dev.sluice.collector.process.body;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

/// One element of a body.
///
/// @param bytes as they were sent; of an element beyond the size limit only as many as the limit
/// @param fields as far as they could be read
/// @param refusal why it cannot be accepted, if it cannot
public record ReadEvent(Bytes bytes, EventFields fields, @Nullable Rejection refusal) {}
