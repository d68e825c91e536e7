package dev.sluice.local.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// A closed range of hash keys, part of 0 to 2^128 - 1.
record HashRange(BigInteger start, BigInteger end) {

    static final BigInteger MAX = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);

    HashRange {
        if (start.signum() < 0 || start.compareTo(end) > 0 || end.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("no hash range: " + start + " to " + end);
        }
    }

    /// The whole space cut into `count` ranges whose sizes differ by at most one key, in order.
    static List<HashRange> uniform(int count) {
        BigInteger space = MAX.add(BigInteger.ONE);
        List<HashRange> ranges = new ArrayList<>(count);
        BigInteger start = BigInteger.ZERO;
        for (int i = 1; i <= count; i++) {
            BigInteger next =
                    space.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(count));
            ranges.add(new HashRange(start, next.subtract(BigInteger.ONE)));
            start = next;
        }
        return ranges;
    }

    boolean contains(BigInteger key) {
        return key.compareTo(start) >= 0 && key.compareTo(end) <= 0;
    }

    boolean endsBefore(HashRange other) {
        return end.add(BigInteger.ONE).equals(other.start);
    }

    /// The part below `key`; `key` must be inside and not the start.
    HashRange below(BigInteger key) {
        return new HashRange(start, key.subtract(BigInteger.ONE));
    }

    /// The part from `key` on.
    HashRange from(BigInteger key) {
        return new HashRange(key, end);
    }

    /// The range that this and the one right after it cover together.
    HashRange joined(HashRange next) {
        return new HashRange(start, next.end);
    }
}
