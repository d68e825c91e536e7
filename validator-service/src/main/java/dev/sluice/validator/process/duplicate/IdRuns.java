package dev.sluice.validator.process.duplicate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Entries of a log as bytes: a version, the clock, how many there are, then three longs each, as
/// {@link IdLog} has them.
final class IdRuns {

    private static final int VERSION = 1;
    private static final int CHUNK_ENTRIES = 1 << 12;

    private IdRuns() {}

    static void write(IdLog log, long from, long until, long clock, DataOutput out)
            throws IOException {
        out.writeByte(VERSION);
        out.writeLong(clock);
        out.writeLong(until - from);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_ENTRIES * IdLog.ENTRY_BYTES);
        long next = from;
        while (next < until) {
            next = log.copy(next, until, chunk.clear());
            out.write(chunk.array(), 0, chunk.position());
        }
    }

    /// @return the clock
    static long read(DataInput in, Taker taker) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("ids that were seen, in version " + version);
        }
        long clock = in.readLong();
        long left = in.readLong();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_ENTRIES * IdLog.ENTRY_BYTES);
        while (left > 0) {
            int entries = (int) Math.min(left, CHUNK_ENTRIES);
            in.readFully(chunk.array(), 0, entries * IdLog.ENTRY_BYTES);
            chunk.clear();
            for (int i = 0; i < entries; i++) {
                taker.take(chunk.getLong(), chunk.getLong(), chunk.getLong());
            }
            left -= entries;
        }
        return clock;
    }

    /// Takes entries in their order.
    @FunctionalInterface
    interface Taker {
        void take(long high, long low, long stamp);
    }
}
