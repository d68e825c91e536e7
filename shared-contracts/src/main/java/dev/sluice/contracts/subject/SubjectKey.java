package dev.sluice.contracts.subject;

/// 128 bits that stand for a subject of a tenant, made by [SubjectKeys]. Nobody without the secret
/// can tell whose they are.
///
/// @param high the first eight bytes, big-endian
/// @param low the other eight
public record SubjectKey(long high, long low) {

    /// Thirty-two hex digits.
    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
