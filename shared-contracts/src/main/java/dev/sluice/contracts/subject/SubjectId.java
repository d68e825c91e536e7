package dev.sluice.contracts.subject;

import dev.sluice.contracts.event.IdText;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// The id by which a tenant knows a person or a device. Never printed.
///
/// @param value 1 to 1024 bytes of UTF-8
public record SubjectId(SubjectKind kind, String value) {

    /// The envelope allows 256 characters, of four bytes at most.
    public static final int MAX_BYTES = 1024;

    /// @throws IllegalArgumentException if the value is empty or too long
    public SubjectId {
        IdText.check(kind.field(), value, MAX_BYTES);
    }

    /// The id in a field of an event. None if the field is absent or empty, or too long for
    /// anybody to be known by it.
    public static Optional<SubjectId> of(SubjectKind kind, @Nullable String value) {
        return value == null || !IdText.fits(value, MAX_BYTES)
                ? Optional.empty()
                : Optional.of(new SubjectId(kind, value));
    }

    /// Without the value.
    @Override
    public String toString() {
        return "SubjectId[" + kind.field() + "]";
    }
}
