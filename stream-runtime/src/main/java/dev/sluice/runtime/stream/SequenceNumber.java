package dev.sluice.runtime.stream;

import java.math.BigInteger;

/// The position of a record in its shard; grows with every record.
public record SequenceNumber(BigInteger value) implements Comparable<SequenceNumber> {

    public static SequenceNumber of(String decimal) {
        return new SequenceNumber(new BigInteger(decimal));
    }

    @Override
    public int compareTo(SequenceNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
