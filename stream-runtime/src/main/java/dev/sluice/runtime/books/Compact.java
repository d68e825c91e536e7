package dev.sluice.runtime.books;

import dev.sluice.runtime.stream.SequenceNumber;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/// Numbers in as few bytes as they need.
final class Compact {

    private static final int MAX_SHIFT = 63;

    private Compact() {}

    /// @param value not negative
    static void write(long value, DataOutput out) throws IOException {
        long rest = value;
        while (rest > 0x7F) {
            out.writeByte((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long read(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < MAX_SHIFT; shift += 7) {
            byte next = in.readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("a number of more than 63 bits in a page of the books");
    }

    static int readCount(DataInput in) throws IOException {
        return Math.toIntExact(read(in));
    }

    static void write(SequenceNumber sequence, DataOutput out) throws IOException {
        byte[] bytes = sequence.value().toByteArray();
        out.writeByte(bytes.length);
        out.write(bytes);
    }

    static SequenceNumber readSequence(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedByte()];
        in.readFully(bytes);
        return new SequenceNumber(new BigInteger(bytes));
    }
}
