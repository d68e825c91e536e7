package dev.sluice.loader.lake;

/// A Parquet file of an hour.
///
/// @param key of the object
/// @param rows in it
/// @param compacted whether a compaction made it: then it is sorted, and no other file that was
///     compacted has any of its events
public record ListedFile(String key, long rows, boolean compacted) {}
