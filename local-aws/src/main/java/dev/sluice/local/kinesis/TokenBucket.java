package dev.sluice.local.kinesis;

/// A bucket of one second's worth that refills steadily. Not thread-safe.
final class TokenBucket {

    private final double perMillisecond;
    private final double capacity;
    private double tokens;
    private long filledAt;

    TokenBucket(double perSecond) {
        this.perMillisecond = perSecond / 1000;
        this.capacity = perSecond;
        this.tokens = perSecond;
    }

    void refill(long nowMillis) {
        if (nowMillis > filledAt) {
            tokens = Math.min(capacity, tokens + (nowMillis - filledAt) * perMillisecond);
            filledAt = nowMillis;
        }
    }

    boolean has(double amount) {
        return tokens >= amount;
    }

    /// Takes the amount, into debt if need be.
    void take(double amount) {
        tokens -= amount;
    }
}
