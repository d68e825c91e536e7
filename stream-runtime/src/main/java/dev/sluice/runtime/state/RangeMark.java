package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;

/// How far the events of a range of keys have come.
///
/// @param turn when it was made, as a number that grows with every record
record RangeMark(HashRange range, OriginPosition position, long turn) {

    /// The part of it in a range that it touches.
    RangeMark in(HashRange other) {
        HashKey first = max(range.first(), other.first());
        HashKey last = min(range.last(), other.last());
        return new RangeMark(new HashRange(first, last), position, turn);
    }

    private static HashKey max(HashKey one, HashKey other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static HashKey min(HashKey one, HashKey other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
