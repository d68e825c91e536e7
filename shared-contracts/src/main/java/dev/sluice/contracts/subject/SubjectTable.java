package dev.sluice.contracts.subject;

/// A number for each key. Open addressing with linear probing over three longs a slot: keys are
/// hashes already, so where one belongs is in its own bits. Grows; nothing is removed.
final class SubjectTable {

    private static final int SLOT = 3;
    private static final int FEWEST_SLOTS = 4;

    /// No entry has it: a moment before all receipts drops nothing.
    private static final long FREE = Long.MIN_VALUE;

    private long[] slots = free(FEWEST_SLOTS);
    private int size;

    int size() {
        return size;
    }

    /// The number of a key; less than any moment if it has none.
    long bound(SubjectKey key) {
        return slots[slot(slots, key.high(), key.low()) + 2];
    }

    /// Adds a key, or replaces its number.
    void put(SubjectKey key, long bound) {
        if (bound == FREE) {
            throw new IllegalArgumentException("no moment: " + bound);
        }
        // Beyond two thirds the way to a free slot grows fast.
        if ((size + 1) * 3L > slots.length / SLOT * 2L) {
            grow();
        }
        if (set(slots, key.high(), key.low(), bound)) {
            size++;
        }
    }

    private void grow() {
        long[] next = free(slots.length / SLOT * 2);
        for (int at = 0; at < slots.length; at += SLOT) {
            if (slots[at + 2] != FREE) {
                set(next, slots[at], slots[at + 1], slots[at + 2]);
            }
        }
        slots = next;
    }

    /// @return whether the key is new
    private static boolean set(long[] slots, long high, long low, long bound) {
        int at = slot(slots, high, low);
        boolean isNew = slots[at + 2] == FREE;
        slots[at] = high;
        slots[at + 1] = low;
        slots[at + 2] = bound;
        return isNew;
    }

    /// Where the key is, or else the free slot where it belongs.
    private static int slot(long[] slots, long high, long low) {
        long count = slots.length / SLOT;
        int at = (int) ((low >>> Integer.SIZE) * count >>> Integer.SIZE) * SLOT;
        while (slots[at + 2] != FREE && (slots[at] != high || slots[at + 1] != low)) {
            at = at + SLOT == slots.length ? 0 : at + SLOT;
        }
        return at;
    }

    private static long[] free(int count) {
        long[] slots = new long[count * SLOT];
        for (int at = 2; at < slots.length; at += SLOT) {
            slots[at] = FREE;
        }
        return slots;
    }
}
