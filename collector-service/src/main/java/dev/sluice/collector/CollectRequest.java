package dev.sluice.collector;

import dev.sluice.collector.process.body.BodyForm;
import dev.sluice.collector.process.door.Origin;

/// A body and where it comes from.
///
/// @param body not written to any more; the first `length` bytes count
public record CollectRequest(byte[] body, int length, BodyForm form, Origin origin) {}
