package dev.sluice.loader.lake;

import java.time.Instant;

/// A file that an hour does not consist of any more.
///
/// @param key of the object
/// @param since when readers of `symlink.txt` may still have it in use
/// @param deleted whether the object is gone
public record ReplacedFile(String key, Instant since, boolean deleted) {}
