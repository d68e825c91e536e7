package dev.sluice.collector.ingress;

/// A request's body as it stands in memory.
///
/// @param bytes owned by the request; the first `length` count
record Body(byte[] bytes, int length) {}
