package dev.sluice.runtime.keylist;

import java.time.Instant;

/// A key on a list.
///
/// @param owner whose it is; may be empty
/// @param high the first half of the key
/// @param low the other half
/// @param bound a number that only rises
/// @param addedAt when it got this bound
/// @param reference why, for people; never empty
public record KeyEntry(
        String owner, long high, long low, long bound, Instant addedAt, String reference) {

    public KeyEntry {
        if (reference.isEmpty()) {
            throw new IllegalArgumentException("a key is on a list for a reason");
        }
    }
}
