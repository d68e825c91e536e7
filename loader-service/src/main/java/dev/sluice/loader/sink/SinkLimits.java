package dev.sluice.loader.sink;

/// When a window of a sink is full.
///
/// @param maxRows of a window
/// @param maxBytes of its events, decompressed
public record SinkLimits(int maxRows, long maxBytes) {}
