package dev.sluice.validator.process.duplicate;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Entries in the order in which they came, each with a number that counts up; they are added and
/// dropped at the ends. Pages of plain numbers, so that millions of them cost the collector nothing
/// and growth copies none. For one thread at a time.
final class IdLog {

    /// Of one entry: the key, and its stamp of second and place.
    static final int ENTRY_BYTES = 3 * Long.BYTES;

    private static final int PAGE_BITS = 13;
    private static final int PAGE_ENTRIES = 1 << PAGE_BITS;
    private static final int PAGE_BYTES = PAGE_ENTRIES * ENTRY_BYTES;
    private static final int PLACE_BITS = 32;

    private final List<long[]> pages = new ArrayList<>();
    private long first;
    private long end;

    /// The number of the oldest entry.
    long first() {
        return first;
    }

    /// The number that the next entry gets.
    long end() {
        return end;
    }

    long high(long number) {
        return page(number)[offset(number)];
    }

    long low(long number) {
        return page(number)[offset(number) + 1];
    }

    /// What {@link #stamp} made.
    long stamp(long number) {
        return page(number)[offset(number) + 2];
    }

    /// In the epoch.
    long second(long number) {
        return stamp(number) >>> PLACE_BITS;
    }

    boolean is(long number, long high, long low) {
        long[] page = page(number);
        int offset = offset(number);
        return page[offset] == high && page[offset + 1] == low;
    }

    /// The entry whose number ends in these 32 bits.
    long number(int lowBits) {
        return first + Integer.toUnsignedLong(lowBits - (int) first);
    }

    /// @param second in the epoch, of 32 bits
    /// @param place the first 32 bits of its hash key
    static long stamp(long second, int place) {
        return second << PLACE_BITS | Integer.toUnsignedLong(place);
    }

    /// @return its number
    long append(long high, long low, long stamp) {
        if ((end & (PAGE_ENTRIES - 1)) == 0) {
            pages.add(new long[PAGE_ENTRIES * 3]);
        }
        long number = end++;
        long[] page = page(number);
        int offset = offset(number);
        page[offset] = high;
        page[offset + 1] = low;
        page[offset + 2] = stamp;
        return number;
    }

    void dropFirst() {
        first++;
        if ((first & (PAGE_ENTRIES - 1)) == 0) {
            pages.removeFirst();
        }
    }

    void dropLast() {
        end--;
        if ((end & (PAGE_ENTRIES - 1)) == 0) {
            pages.removeLast();
        }
    }

    /// Puts entries into a buffer, as {@link #append} takes them, until it is full or there are no
    /// more.
    ///
    /// @return the number of the first that was not put
    long copy(long from, long until, ByteBuffer target) {
        long number = from;
        while (number < until && target.remaining() >= ENTRY_BYTES) {
            long[] page = page(number);
            int offset = offset(number);
            target.putLong(page[offset]).putLong(page[offset + 1]).putLong(page[offset + 2]);
            number++;
        }
        return number;
    }

    void clear() {
        pages.clear();
        first = 0;
        end = 0;
    }

    long bytes() {
        return (long) pages.size() * PAGE_BYTES;
    }

    private long[] page(long number) {
        return pages.get((int) ((number >>> PAGE_BITS) - (first >>> PAGE_BITS)));
    }

    private static int offset(long number) {
        return (int) (number & (PAGE_ENTRIES - 1)) * 3;
    }
}
