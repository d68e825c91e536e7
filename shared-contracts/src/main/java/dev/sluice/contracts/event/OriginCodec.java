package dev.sluice.contracts.event;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of the section `ORIGIN`, all numbers big-endian and unsigned:
///
/// ```
/// shard length    u8, 1 to 128
/// shard           ASCII
/// sequence length u8, 1 to 64
/// sequence        no zero in front, but for the number 0
/// index           u24
/// ```
///
/// What the events of one record share comes first, so that it folds away when they are compressed
/// together, and is worked out once for events that come one after another. For one thread at a
/// time.
public final class OriginCodec {

    private static final int INDEX_BYTES = 3;

    private String writtenShard = "";
    private String writtenSequence = "";
    private byte[] written = {};
    private @Nullable Bytes readRecord;
    private @Nullable EventOrigin read;

    /// @param sequence of the record, in decimal
    /// @throws IllegalArgumentException if a part is outside the bounds of {@link EventOrigin}
    public Bytes encode(String shard, String sequence, int index) {
        if (!sequence.equals(writtenSequence) || !shard.equals(writtenShard)) {
            written = record(new EventOrigin(shard, new BigInteger(sequence), 0));
            writtenShard = shard;
            writtenSequence = sequence;
        }
        EventOrigin.requireIndex(index);
        byte[] bytes = Arrays.copyOf(written, written.length + INDEX_BYTES);
        bytes[written.length] = (byte) (index >>> 16);
        bytes[written.length + 1] = (byte) (index >>> 8);
        bytes[written.length + 2] = (byte) index;
        return Bytes.of(bytes);
    }

    /// @throws IllegalArgumentException if the bytes are no origin
    public EventOrigin decode(Bytes bytes) {
        int recordBytes = bytes.length() - INDEX_BYTES;
        if (recordBytes < 0) {
            throw new IllegalArgumentException("origin of " + bytes.length() + " bytes");
        }
        Bytes record = new Bytes(bytes.array(), bytes.offset(), recordBytes);
        EventOrigin of = read;
        if (of == null || !record.equals(readRecord)) {
            of = origin(record);
            // A copy: the array may be a whole block of events.
            readRecord = Bytes.of(record.toArray());
            read = of;
        }
        return new EventOrigin(of.shard(), of.sequence(), index(bytes));
    }

    private static int index(Bytes bytes) {
        byte[] array = bytes.array();
        int at = bytes.offset() + bytes.length() - INDEX_BYTES;
        return (array[at] & 0xFF) << 16 | (array[at + 1] & 0xFF) << 8 | array[at + 2] & 0xFF;
    }

    private static byte[] record(EventOrigin origin) {
        byte[] shard = origin.shard().getBytes(StandardCharsets.US_ASCII);
        byte[] sequence = unsigned(origin.sequence());
        byte[] record = new byte[2 + shard.length + sequence.length];
        record[0] = (byte) shard.length;
        System.arraycopy(shard, 0, record, 1, shard.length);
        record[1 + shard.length] = (byte) sequence.length;
        System.arraycopy(sequence, 0, record, 2 + shard.length, sequence.length);
        return record;
    }

    private static byte[] unsigned(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return bytes.length > 1 && bytes[0] == 0
                ? Arrays.copyOfRange(bytes, 1, bytes.length)
                : bytes;
    }

    private static EventOrigin origin(Bytes record) {
        byte[] bytes = record.toArray();
        int shardBytes = length("shard", bytes, 0, EventOrigin.MOST_SHARD_LENGTH);
        int sequenceAt = 1 + shardBytes;
        int sequenceBytes = length("sequence", bytes, sequenceAt, EventOrigin.MOST_SEQUENCE_BYTES);
        if (sequenceAt + 1 + sequenceBytes != bytes.length) {
            throw new IllegalArgumentException("bytes after the sequence of an origin");
        }
        if (sequenceBytes > 1 && bytes[sequenceAt + 1] == 0) {
            throw new IllegalArgumentException("the sequence of an origin starts with a zero");
        }
        return new EventOrigin(
                new String(bytes, 1, shardBytes, StandardCharsets.US_ASCII),
                new BigInteger(1, bytes, sequenceAt + 1, sequenceBytes),
                0);
    }

    private static int length(String part, byte[] bytes, int at, int most) {
        int length = at < bytes.length ? bytes[at] & 0xFF : 0;
        if (length < 1 || length > most) {
            throw new IllegalArgumentException(
                    "%s of an origin of %d bytes, outside 1 to %d".formatted(part, length, most));
        }
        if (length > bytes.length - at - 1) {
            throw new IllegalArgumentException("the " + part + " of an origin is cut off");
        }
        return length;
    }
}
