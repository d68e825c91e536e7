package dev.sluice.loader.lake;

import java.time.Instant;

/// A file that an hour does not consist of any more.
///
/// @param key of the object
/// @param loadedAt as it was listed
/// @param since when readers of `symlink.txt` may still have it in use
/// @param deleted whether the object is gone
public record ReplacedFile(String key, Instant loadedAt, Instant since, boolean deleted) {

    /// Readers have had it in use until now.
    public ReplacedFile inUseUntil(Instant now) {
        return new ReplacedFile(key, loadedAt, now, deleted);
    }

    /// The object is deleted.
    public ReplacedFile gone() {
        return new ReplacedFile(key, loadedAt, since, true);
    }
}
