package dev.sluice.validator.process.duplicate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Numbers of entries of a log, by the lower half of their key. Open addressing with linear
/// probing, where whoever is further from home takes the place of whoever is nearer ("Robin Hood"):
/// an entry can be removed without a trace, and a key that is not there is known after a few slots.
///
/// A slot is a mark of one byte and the entry's number in four, side by side, since what costs is
/// the way to memory. The mark is the distance from home plus one, and three bits of the key, so
/// that hardly ever an entry is looked at that is not the right one.
final class IdTable {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static final int SLOT_BYTES = 1 + Integer.BYTES;
    private static final int FEWEST_SLOTS = 16;
    private static final int KEY_BITS = 3;
    /// What one more step from home adds to a mark; the mark of an empty slot is 0.
    private static final int STEP = 1 << KEY_BITS;
    private static final int LARGEST_MARK = 0xFF;

    private final IdLog log;
    private byte[] slots = new byte[FEWEST_SLOTS * SLOT_BYTES];
    private int used;

    IdTable(IdLog log) {
        this.log = log;
    }

    boolean has(long high, long low, long atLeast) {
        int slot = home(low);
        for (int mark = mark(low); mark <= LARGEST_MARK; mark += STEP) {
            int there = markAt(slot);
            if (there == mark) {
                long number = log.number(numberAt(slot));
                if (number >= atLeast && log.is(number, high, low)) {
                    return true;
                }
            } else if (there < (mark & -STEP)) {
                return false;
            }
            slot = next(slot);
        }
        return false;
    }

    void add(long number) {
        // Beyond four fifths the way to an empty slot grows fast.
        if (used * 5L >= slots.length / SLOT_BYTES * 4L) {
            grow();
        }
        place((int) number);
    }

    void remove(long number) {
        long low = log.low(number);
        int slot = home(low);
        int mark = mark(low);
        while (markAt(slot) != mark || numberAt(slot) != (int) number) {
            mark += STEP;
            if (mark > LARGEST_MARK) {
                throw new IllegalStateException("entry " + number + " is not in the index");
            }
            slot = next(slot);
        }
        closeGap(slot);
        used--;
    }

    long bytes() {
        return slots.length;
    }

    private void place(int entry) {
        int number = entry;
        long low = log.low(log.number(number));
        int slot = home(low);
        int mark = mark(low);
        int there = markAt(slot);
        while (there != 0) {
            if (there < (mark & -STEP)) {
                int nearer = numberAt(slot);
                put(slot, number, mark);
                number = nearer;
                mark = there;
            }
            mark += STEP;
            if (mark > LARGEST_MARK) {
                grow();
                place(number);
                return;
            }
            slot = next(slot);
            there = markAt(slot);
        }
        put(slot, number, mark);
        used++;
    }

    /// By a quarter: the fuller the table, the less it takes for an entry.
    private void grow() {
        byte[] moved = slots;
        int count = moved.length / SLOT_BYTES;
        slots = new byte[(count + count / 4) * SLOT_BYTES];
        used = 0;
        for (int slot = 0; slot < moved.length; slot += SLOT_BYTES) {
            if (moved[slot] != 0) {
                place((int) INT.get(moved, slot + 1));
            }
        }
    }

    /// Moves those behind the slot one step towards their homes, up to the first that is at home.
    private void closeGap(int freed) {
        int gap = freed;
        int behind = next(gap);
        while (markAt(behind) >= 2 * STEP) {
            put(gap, numberAt(behind), markAt(behind) - STEP);
            gap = behind;
            behind = next(gap);
        }
        slots[gap] = 0;
    }

    /// Where the slot begins from which the search for a key starts.
    private int home(long low) {
        long count = slots.length / SLOT_BYTES;
        return (int) ((low >>> Integer.SIZE) * count >>> Integer.SIZE) * SLOT_BYTES;
    }

    private int next(int slot) {
        return slot + SLOT_BYTES == slots.length ? 0 : slot + SLOT_BYTES;
    }

    private int markAt(int slot) {
        return slots[slot] & 0xFF;
    }

    private int numberAt(int slot) {
        return (int) INT.get(slots, slot + 1);
    }

    private void put(int slot, int number, int mark) {
        slots[slot] = (byte) mark;
        INT.set(slots, slot + 1, number);
    }

    private static int mark(long low) {
        return STEP | (int) (low & (STEP - 1));
    }
}
