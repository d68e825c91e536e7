package dev.sluice.validator.process.duplicate;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;

/// Merges what a parent shard had seen into a log, by the second in which it came, as far as it
/// touches a range. Of entries of the same second those of the log come first.
final class IdMerge {

    private final IdLog log;
    private final IdIndex index;
    private final int firstPlace;
    private final int lastPlace;

    /// Entries of the log that came after the parent's next one.
    private final IdLog later = new IdLog();

    private boolean started;

    IdMerge(IdLog log, IdIndex index, HashRange range) {
        this.log = log;
        this.index = index;
        firstPlace = place(range.first());
        lastPlace = place(range.last());
    }

    /// The parent's next entry.
    void take(long high, long low, long stamp) {
        int place = (int) stamp;
        if (Integer.compareUnsigned(place, firstPlace) < 0
                || Integer.compareUnsigned(place, lastPlace) > 0) {
            return;
        }
        if (!started) {
            started = true;
            setAside(stamp >>> Integer.SIZE);
        }
        takeBack(stamp >>> Integer.SIZE);
        index.add(log.append(high, low, stamp));
    }

    /// The parent has no more.
    void finish() {
        takeBack(Long.MAX_VALUE);
    }

    private void setAside(long second) {
        long from = log.end();
        while (from > log.first() && log.second(from - 1) > second) {
            from--;
        }
        for (long number = from; number < log.end(); number++) {
            later.append(log.high(number), log.low(number), log.stamp(number));
        }
        while (log.end() > from) {
            index.remove(log.end() - 1);
            log.dropLast();
        }
    }

    private void takeBack(long until) {
        while (later.first() < later.end() && later.second(later.first()) <= until) {
            long number = later.first();
            index.add(log.append(later.high(number), later.low(number), later.stamp(number)));
            later.dropFirst();
        }
    }

    static int place(HashKey key) {
        return (int) (key.high() >>> Integer.SIZE);
    }
}
