package dev.sluice.loader.archive;

/// What events of a frame have in common.
///
/// @param tenant whose they are
/// @param eventType as it was sent; empty if that cannot be told, and then it may be any
/// @param minute of receipt, since 1970
public record EventKind(String tenant, String eventType, long minute) {}
