package dev.sluice.runtime.stream;

/// A range of hash keys, both ends included, as a shard has one.
public record HashRange(HashKey first, HashKey last) {

    /// The whole space.
    public static final HashRange ALL = new HashRange(HashKey.MIN, HashKey.MAX);

    public HashRange {
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("hash range ends before it starts: " + first);
        }
    }

    public boolean contains(HashKey key) {
        return first.compareTo(key) <= 0 && key.compareTo(last) <= 0;
    }

    public boolean overlaps(HashRange other) {
        return first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }
}
