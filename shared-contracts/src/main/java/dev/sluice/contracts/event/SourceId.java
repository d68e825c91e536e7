package dev.sluice.contracts.event;

/// Which of a tenant's sources sent it; comes from the write key, never from the event.
///
/// @param value 1 to 64 bytes of UTF-8
public record SourceId(String value) {

    /// Bytes, as the warehouse counts them.
    public static final int MAX_BYTES = 64;

    /// @throws IllegalArgumentException if the value is empty or too long
    public SourceId {
        IdText.check("source_id", value, MAX_BYTES);
    }

    @Override
    public String toString() {
        return value;
    }
}
