package dev.sluice.local.kinesis;

import java.util.Comparator;
import java.util.Optional;

/// The place of a record in its shard, as 56 decimal digits whose numeric order is the order of
/// writing.
///
/// Digits: `49`, the shard's epoch (15), the record's byte offset in the shard's log (19), the
/// shard's index (10), and ten fixed digits. The epoch of a child shard is greater than its
/// parents', so its numbers are greater than everything the parents hold; the offset leads back to
/// the record without an index.
///
/// @param epochMillis when the shard was created, milliseconds since 1970, made unique along a
///     lineage
/// @param offset logical byte offset in the shard's log, from 0
/// @param shardIndex the number in the shard's id
record SequenceNumber(long epochMillis, long offset, int shardIndex)
        implements Comparable<SequenceNumber> {

    static final int DIGITS = 56;

    private static final String LEAD = "49";
    private static final String TAIL = "0000000002";
    private static final int EPOCH_DIGITS = 15;
    private static final int OFFSET_DIGITS = 19;
    private static final int SHARD_DIGITS = 10;
    private static final int EPOCH_AT = LEAD.length();
    private static final int OFFSET_AT = EPOCH_AT + EPOCH_DIGITS;
    private static final int SHARD_AT = OFFSET_AT + OFFSET_DIGITS;
    private static final int TAIL_AT = SHARD_AT + SHARD_DIGITS;

    SequenceNumber {
        if (epochMillis < 0 || offset < 0 || shardIndex < 0) {
            throw new IllegalArgumentException("a sequence number has no negative part");
        }
    }

    /// Empty when the text is not a number this server could have given.
    static Optional<SequenceNumber> parse(String text) {
        if (text.length() != DIGITS
                || !text.startsWith(LEAD)
                || !text.endsWith(TAIL)
                || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new SequenceNumber(
                            Long.parseLong(text, EPOCH_AT, OFFSET_AT, 10),
                            Long.parseLong(text, OFFSET_AT, SHARD_AT, 10),
                            Integer.parseInt(text, SHARD_AT, TAIL_AT, 10)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(SequenceNumber other) {
        return Comparator.comparingLong(SequenceNumber::epochMillis)
                .thenComparingLong(SequenceNumber::offset)
                .thenComparingInt(SequenceNumber::shardIndex)
                .compare(this, other);
    }

    /// The 56 digits of the wire.
    @Override
    public String toString() {
        char[] digits = new char[DIGITS];
        LEAD.getChars(0, LEAD.length(), digits, 0);
        put(digits, OFFSET_AT, EPOCH_DIGITS, epochMillis);
        put(digits, SHARD_AT, OFFSET_DIGITS, offset);
        put(digits, TAIL_AT, SHARD_DIGITS, shardIndex);
        TAIL.getChars(0, TAIL.length(), digits, TAIL_AT);
        return new String(digits);
    }

    private static void put(char[] digits, int end, int count, long value) {
        long rest = value;
        for (int i = end - 1; i >= end - count; i--) {
            digits[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
