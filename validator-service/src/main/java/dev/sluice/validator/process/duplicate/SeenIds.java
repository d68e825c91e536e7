package dev.sluice.validator.process.duplicate;

import dev.sluice.runtime.state.StatePart;
import dev.sluice.runtime.stream.HashRange;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongConsumer;

/// The ids that a shard has seen within a window of arrival time. The clock is the highest arrival
/// so far, by the stream's own clock, and never goes back: an id counts as seen until that clock
/// has moved on by the window since the id came. So when arrivals jump ahead everything before
/// falls out of the window at once, and when they jump back what comes then is remembered longer,
/// not less.
///
/// An id that is added is tentative until {@link #commit}: seen by whatever comes after it, but not
/// written, and forgotten again by {@link #rollback}. An id that was remembered before its event
/// was durable would turn the event's replay into a duplicate, and lose it.
///
/// Above its limit it forgets the oldest early, which is counted. The limit is a number of ids, and
/// neither that nor the window depends on how events were cut into batches, or on snapshots: a
/// restored state gives the verdicts of the one that wrote it.
public final class SeenIds implements StatePart {

    /// Takes in the log, and in the index at its emptiest.
    static final int BYTES_PER_ID = 32;

    private final IdLog log = new IdLog();
    private final IdIndex index = new IdIndex(log);
    private final long window;
    private final long most;
    private final LongConsumer evictions;

    private long clock;
    private long oldest;
    private long evicted;

    private long committedEnd;
    private long committedClock;

    private long writtenEnd;
    private long keptEnd;

    /// @param window in whole seconds
    /// @param maxBytes of the heap; more ids than fit are forgotten before the window is over
    /// @param evictions is told how many those were, once that is for good
    public SeenIds(Duration window, long maxBytes, LongConsumer evictions) {
        this.window = window.toSeconds();
        this.most = maxBytes / BYTES_PER_ID;
        this.evictions = evictions;
        if (this.window < 1 || most < 1 || most > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("ids of %s in %d bytes".formatted(window, maxBytes));
        }
    }

    /// Adds an id, unless it was seen.
    ///
    /// @param place the first 32 bits of the hash key of its partition key
    /// @param arrival second in the epoch
    /// @return whether it was not seen before
    boolean add(EventKey key, int place, long arrival) {
        clock = Math.max(clock, arrival);
        expire();
        if (index.has(key.high(), key.low(), oldest)) {
            return false;
        }
        append(key.high(), key.low(), IdLog.stamp(clock, place));
        evict();
        return true;
    }

    /// What was added is seen for good: all that was made of it is durable.
    void commit() {
        while (log.first() < oldest) {
            index.remove(log.first());
            log.dropFirst();
        }
        committedEnd = log.end();
        committedClock = clock;
        if (evicted > 0) {
            evictions.accept(evicted);
            evicted = 0;
        }
    }

    /// Forgets what was added since the last commit, as if it had not come.
    void rollback() {
        while (log.end() > committedEnd) {
            index.remove(log.end() - 1);
            log.dropLast();
        }
        clock = committedClock;
        evicted = 0;
        oldest = log.first();
    }

    /// How many ids it holds.
    long size() {
        return committedEnd - log.first();
    }

    @Override
    public void writeAll(DataOutput out) throws IOException {
        write(log.first(), out);
    }

    @Override
    public void writeChanges(DataOutput out) throws IOException {
        write(Math.max(keptEnd, log.first()), out);
    }

    private void write(long from, DataOutput out) throws IOException {
        IdRuns.write(log, from, committedEnd, committedClock, out);
        writtenEnd = committedEnd;
    }

    @Override
    public void kept() {
        keptEnd = writtenEnd;
    }

    @Override
    public void read(DataInput in) throws IOException {
        clock = Math.max(clock, IdRuns.read(in, this::append));
        expire();
        evict();
        // Whoever wrote it has counted those.
        evicted = 0;
        commit();
        keptEnd = committedEnd;
    }

    /// An id belongs to a range that its place touches: at the edges of the range some are kept
    /// that lie just outside.
    @Override
    public void inherit(DataInput in, HashRange range) throws IOException {
        IdMerge merge = new IdMerge(log, index, range);
        clock = Math.max(clock, IdRuns.read(in, merge::take));
        merge.finish();
        expire();
        evict();
        commit();
    }

    @Override
    public void clear() {
        log.clear();
        index.clear();
        clock = 0;
        oldest = 0;
        evicted = 0;
        committedEnd = 0;
        committedClock = 0;
        writtenEnd = 0;
        keptEnd = 0;
    }

    @Override
    public long bytes() {
        return log.bytes() + index.bytes();
    }

    private void append(long high, long low, long stamp) {
        index.add(log.append(high, low, stamp));
    }

    private void expire() {
        while (oldest < log.end() && log.second(oldest) + window <= clock) {
            oldest++;
        }
    }

    private void evict() {
        while (log.end() - oldest > most) {
            oldest++;
            evicted++;
        }
    }
}
