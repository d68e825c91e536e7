package dev.sluice.contracts.event;

/// The name of one event, given by the SDK that made it or by the collector. With the tenant it is
/// the key by which copies are recognised.
///
/// @param value 1 to 64 bytes of UTF-8
public record EventId(String value) {

    /// Bytes, as the warehouse counts them.
    public static final int MAX_BYTES = 64;

    /// @throws IllegalArgumentException if the value is empty or too long
    public EventId {
        IdText.check("event_id", value, MAX_BYTES);
    }

    @Override
    public String toString() {
        return value;
    }
}
