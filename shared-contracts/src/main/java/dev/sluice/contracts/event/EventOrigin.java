package dev.sluice.contracts.event;

import java.math.BigInteger;

/// Where the stage before read an event. Two copies of an event with the same origin were made from
/// one: the second is what a replay sent again.
///
/// @param shard of the stream that the stage before reads
/// @param sequence of the record
/// @param index of the event in the record's frame, from 0
public record EventOrigin(String shard, BigInteger sequence, int index) {

    /// What Kinesis allows of a shard id.
    static final int MOST_SHARD_LENGTH = 128;

    /// More than the 129 decimal digits that Kinesis allows of a sequence number.
    static final int MOST_SEQUENCE_BYTES = 64;

    static final int MOST_INDEX = (1 << 24) - 1;

    /// @throws IllegalArgumentException if a part is outside its bounds
    public EventOrigin {
        if (shard.isEmpty() || shard.length() > MOST_SHARD_LENGTH) {
            throw new IllegalArgumentException(
                    "a shard id of %d characters is outside 1 to %d"
                            .formatted(shard.length(), MOST_SHARD_LENGTH));
        }
        if (sequence.signum() < 0 || sequence.bitLength() > 8 * MOST_SEQUENCE_BYTES) {
            throw new IllegalArgumentException("no sequence number: " + sequence);
        }
        requireIndex(index);
    }

    static void requireIndex(int index) {
        if (index < 0 || index > MOST_INDEX) {
            throw new IllegalArgumentException("index " + index + " is outside 0 to " + MOST_INDEX);
        }
    }
}
