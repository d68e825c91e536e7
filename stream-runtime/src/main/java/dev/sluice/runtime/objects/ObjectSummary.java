package dev.sluice.runtime.objects;

import java.time.Instant;

/// One object as a listing shows it.
///
/// @param size in bytes
public record ObjectSummary(String key, long size, Instant modifiedAt) {}
