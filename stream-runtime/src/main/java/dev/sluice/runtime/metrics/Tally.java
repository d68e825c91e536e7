package dev.sluice.runtime.metrics;

/// What became of the events of a batch: each received one is exactly one of the others.
public record Tally(
        long received, long published, long rejected, long duplicates, long suppressed) {

    public static final Tally ZERO = new Tally(0, 0, 0, 0, 0);

    /// @throws IllegalArgumentException if received is not the sum of the others, or one is
    ///     negative
    public Tally {
        if (published < 0 || rejected < 0 || duplicates < 0 || suppressed < 0) {
            throw new IllegalArgumentException("a tally counts up");
        }
        if (received != published + rejected + duplicates + suppressed) {
            throw new IllegalArgumentException(
                    "received %d is not published %d + rejected %d + duplicates %d + suppressed %d"
                            .formatted(received, published, rejected, duplicates, suppressed));
        }
    }

    public Tally plus(Tally other) {
        return new Tally(
                received + other.received,
                published + other.published,
                rejected + other.rejected,
                duplicates + other.duplicates,
                suppressed + other.suppressed);
    }
}
