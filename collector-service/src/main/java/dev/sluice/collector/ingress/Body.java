package dev.sluice.collector.ingress;

/// A request's body as it stands in memory.
///
/// @param bytes owned by the request; the first `length` count
/// @param sent as it came, before decompression; the first `sentLength` count
record Body(byte[] bytes, int length, byte[] sent, int sentLength) {

    /// One that came as it is.
    Body(byte[] bytes, int length) {
        this(bytes, length, bytes, length);
    }
}
