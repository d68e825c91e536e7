package dev.sluice.loader.archive.verify;

import java.util.Locale;

/// Something that is wrong with the archive.
///
/// @param object what it is about: a key, a shard, or a minute of a tenant
/// @param message what is wrong, and what it would be were it right
public record Finding(Kind kind, String object, String message) {

    /// What does not hold.
    public enum Kind {
        /// An object is not what was written.
        DAMAGED,
        /// A sidecar is missing, damaged, or says other things than its object.
        SIDECAR,
        /// Frames between two objects of a shard are missing.
        GAP,
        /// Frames that were acknowledged, or that a shard ended with, are missing.
        TAIL,
        /// The archive has fewer events than were accepted.
        BOOKS
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "  " + object + "  " + message;
    }
}
