package dev.sluice.runtime.objects;

/// An object as it was at one moment.
///
/// @param tag tells its content from any other that the key had or will have
public record TaggedObject(byte[] content, String tag) {}
