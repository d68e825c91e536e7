package dev.sluice.contracts.event;

/// Whose event it is; comes from the write key, never from the event.
///
/// @param value 1 to 64 bytes of UTF-8
public record TenantId(String value) {

    /// Bytes, as the warehouse counts them.
    public static final int MAX_BYTES = 64;

    /// @throws IllegalArgumentException if the value is empty or too long
    public TenantId {
        IdText.check("tenant_id", value, MAX_BYTES);
    }

    @Override
    public String toString() {
        return value;
    }
}
