package dev.sluice.contracts.subject;

import java.util.HexFormat;

/// 128 bits that stand for a subject of a tenant, made by [SubjectKeys]. Nobody without the secret
/// can tell whose they are.
///
/// @param high the first eight bytes, big-endian
/// @param low the other eight
public record SubjectKey(long high, long low) {

    /// Thirty-two hex digits.
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
