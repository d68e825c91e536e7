package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.SequenceNumber;

import java.util.Comparator;

/// A place in a shard that the stage before read: the record, and the event in its frame.
///
/// @param index from 0
public record OriginPosition(SequenceNumber sequence, int index)
        implements Comparable<OriginPosition> {

    private static final Comparator<OriginPosition> ORDER =
            Comparator.comparing(OriginPosition::sequence).thenComparingInt(OriginPosition::index);

    @Override
    public int compareTo(OriginPosition other) {
        return ORDER.compare(this, other);
    }
}
