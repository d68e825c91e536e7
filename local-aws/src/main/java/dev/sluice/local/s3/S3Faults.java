package dev.sluice.local.s3;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes the next requests go wrong, in the ways S3 and the network between go wrong.
///
/// Each fault meets requests of one operation whose key starts with a prefix (an empty one is every
/// key), in any bucket, a number of times; then it is used up. Faults of the same kind are used in
/// the order they were asked for. A retry of the SDK is a request like any other. Thread-safe.
public final class S3Faults {
    enum Kind {
        FAILURE,
        DELAY,
        CORRUPTION,
        LOST_ANSWER
    }

    record Fault(
            Kind kind,
            S3Operation operation,
            String keyPrefix,
            Duration delay,
            AtomicInteger left) {
        boolean meets(Kind wanted, S3Operation requested, Collection<String> keys) {
            return kind == wanted
                    && operation == requested
                    && keys.stream().anyMatch(k -> k.startsWith(keyPrefix));
        }

        boolean use() {
            return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }
    }

    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    S3Faults() {}

    /// Answers 500 InternalError, and nothing has happened.
    public void fail(S3Operation operation, String keyPrefix, int times) {
        add(Kind.FAILURE, operation, keyPrefix, Duration.ZERO, times);
    }

    /// Holds the request back before it takes effect.
    public void delay(S3Operation operation, String keyPrefix, Duration delay, int times) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative: " + delay);
        }
        add(Kind.DELAY, operation, keyPrefix, delay, times);
    }

    /// Flips a bit of the first byte that a GetObject answers; the stored object stays as it is.
    public void corrupt(String keyPrefix, int times) {
        add(Kind.CORRUPTION, S3Operation.GET, keyPrefix, Duration.ZERO, times);
    }

    /// Closes the connection instead of answering, after the request took effect.
    public void loseAnswer(S3Operation operation, String keyPrefix, int times) {
        add(Kind.LOST_ANSWER, operation, keyPrefix, Duration.ZERO, times);
    }

    /// Takes back what is not used up.
    public void clear() {
        faults.clear();
    }

    /// How many requests are still to go wrong.
    public int pending() {
        return faults.stream().mapToInt(f -> f.left().get()).sum();
    }

    Optional<Fault> take(Kind kind, S3Operation operation, Collection<String> keys) {
        return faults.stream()
                .filter(f -> f.meets(kind, operation, keys))
                .filter(Fault::use)
                .findFirst();
    }

    private void add(
            Kind kind, S3Operation operation, String keyPrefix, Duration delay, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1: " + times);
        }
        faults.removeIf(f -> f.left().get() == 0);
        faults.add(new Fault(kind, operation, keyPrefix, delay, new AtomicInteger(times)));
    }
}
