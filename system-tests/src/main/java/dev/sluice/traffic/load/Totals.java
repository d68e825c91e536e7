package dev.sluice.traffic.load;

/// Copies of events. Once nothing is in flight, `sent = acknowledged + refused + unknown`.
///
/// @param retries requests beyond the first try of each batch
public record Totals(long sent, long acknowledged, long refused, long unknown, long retries) {

    /// Copies whose batch is not settled.
    public long inFlight() {
        return sent - acknowledged - refused - unknown;
    }
}
