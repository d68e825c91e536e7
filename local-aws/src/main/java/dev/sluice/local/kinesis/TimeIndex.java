package dev.sluice.local.kinesis;

import java.util.Arrays;

/// Sparse index of one segment from arrival time to logical offset, an entry for about every
/// [#STRIDE] bytes.
///
/// One writer at a time adds; readers see a consistent snapshot without a lock. A full 64 MiB
/// segment has 256 entries.
final class TimeIndex {

    static final long STRIDE = 256 << 10;

    /// Latest arrival so far and offset in turns, ascending in both.
    private volatile long[] entries;

    TimeIndex() {
        this(new long[0]);
    }

    TimeIndex(long[] entries) {
        this.entries = entries;
    }

    /// Notes a frame; keeps it only when the last kept one is a stride away.
    void note(long arrivalMillis, long offset) {
        long[] now = entries;
        if (now.length == 0 || offset - now[now.length - 1] >= STRIDE) {
            long[] next = Arrays.copyOf(now, now.length + 2);
            next[now.length] = arrivalMillis;
            next[now.length + 1] = offset;
            entries = next;
        }
    }

    boolean isEmpty() {
        return entries.length == 0;
    }

    /// Arrival of the segment's first record; the index must not be empty.
    long firstArrival() {
        return entries[0];
    }

    /// Offset of a frame before which every record arrived before `millis`.
    long floor(long millis, long base) {
        long[] now = entries;
        long floor = base;
        for (int i = 0; i < now.length && now[i] < millis; i += 2) {
            floor = now[i + 1];
        }
        return floor;
    }

    long[] toArray() {
        return entries.clone();
    }
}
