package dev.sluice.runtime.stream;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A point in Kinesis' space of 128-bit hash keys.
///
/// @param high the upper 64 bits, unsigned
/// @param low the lower 64 bits, unsigned
public record HashKey(long high, long low) implements Comparable<HashKey> {

    private static final char HASHED = '#';
    private static final int HEX_DIGITS = 32;

    public static final HashKey MIN = new HashKey(0, 0);
    public static final HashKey MAX = new HashKey(-1, -1);

    /// The hash that Kinesis itself gives a partition key: MD5 of its UTF-8 bytes
    /// (PutRecord, Amazon Kinesis Data Streams API reference). What {@link #asPartitionKey} gave
    /// has the hash that it was made of.
    public static HashKey of(String partitionKey) {
        if (partitionKey.length() == HEX_DIGITS + 1 && partitionKey.charAt(0) == HASHED) {
            return ofHex(partitionKey);
        }
        ByteBuffer digest =
                ByteBuffer.wrap(md5().digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
        return new HashKey(digest.getLong(), digest.getLong());
    }

    /// A partition key with this hash that says nothing else: for one that must not be told.
    public String asPartitionKey() {
        return HASHED + toString();
    }

    /// Reads the decimal form of the API.
    ///
    /// @throws IllegalArgumentException if it is not a number from 0 to 2^128 - 1
    public static HashKey ofDecimal(String decimal) {
        BigInteger value = new BigInteger(decimal);
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw new IllegalArgumentException("hash key outside 0 to 2^128 - 1: " + decimal);
        }
        return new HashKey(value.shiftRight(64).longValue(), value.longValue());
    }

    /// The decimal form of the API.
    public String toDecimal() {
        return unsigned(high).shiftLeft(64).or(unsigned(low)).toString();
    }

    /// The key after this one; null after the last of the space.
    public @Nullable HashKey next() {
        if (equals(MAX)) {
            return null;
        }
        return new HashKey(low == -1 ? high + 1 : high, low + 1);
    }

    /// The key before this one; null before the first of the space.
    public @Nullable HashKey previous() {
        if (equals(MIN)) {
            return null;
        }
        return new HashKey(low == 0 ? high - 1 : high, low - 1);
    }

    /// The least range that has this key and a range; of this key alone if there is none.
    public HashRange within(@Nullable HashRange range) {
        if (range == null) {
            return new HashRange(this, this);
        }
        if (range.contains(this)) {
            return range;
        }
        return compareTo(range.first()) < 0
                ? new HashRange(this, range.last())
                : new HashRange(range.first(), this);
    }

    @Override
    public int compareTo(HashKey other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /// By hand: a record's own is a chain of method handles, and maps ask for each event.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HashKey key && key.high == high && key.low == low;
    }

    /// Either half of a hash would do.
    @Override
    public int hashCode() {
        return Long.hashCode(high ^ low);
    }

    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }

    private static HashKey ofHex(String partitionKey) {
        try {
            return new HashKey(
                    Long.parseUnsignedLong(partitionKey, 1, 1 + HEX_DIGITS / 2, 16),
                    Long.parseUnsignedLong(partitionKey, 1 + HEX_DIGITS / 2, 1 + HEX_DIGITS, 16));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a partition key of # and no 32 digits of a hash");
        }
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has MD5", e);
        }
    }
}
