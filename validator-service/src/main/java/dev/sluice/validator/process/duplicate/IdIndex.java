package dev.sluice.validator.process.duplicate;

/// Finds entries of a log by their key. Many small tables instead of one large: each grows by
/// itself, so that no event waits while millions are moved, and no moment needs room for two
/// indexes.
final class IdIndex {

    private static final int TABLE_BITS = 8;

    private final IdLog log;
    private final IdTable[] tables = new IdTable[1 << TABLE_BITS];

    IdIndex(IdLog log) {
        this.log = log;
        clear();
    }

    /// Whether an entry with this key has this number or a higher one.
    boolean has(long high, long low, long atLeast) {
        return table(high).has(high, low, atLeast);
    }

    /// Adds an entry of the log. One with the same key may be there.
    void add(long number) {
        table(log.high(number)).add(number);
    }

    /// Removes an entry that is still in the log.
    void remove(long number) {
        table(log.high(number)).remove(number);
    }

    void clear() {
        for (int i = 0; i < tables.length; i++) {
            tables[i] = new IdTable(log);
        }
    }

    long bytes() {
        long bytes = 0;
        for (IdTable table : tables) {
            bytes += table.bytes();
        }
        return bytes;
    }

    private IdTable table(long high) {
        return tables[(int) (high >>> (Long.SIZE - TABLE_BITS))];
    }
}
