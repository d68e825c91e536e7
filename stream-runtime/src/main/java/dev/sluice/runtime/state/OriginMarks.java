package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Recognises the events that the stage before sends again, by where it had read them (their
/// origin): the furthest position, for each shard that it reads and each range of keys.
///
/// A record is made of events of one origin shard whose keys lie in one range, the shard aimed at.
/// Its publisher sends the events of that range in the order of their positions, one record at a
/// time, and goes back only to send again. So when a record ends at a position, every event of the
/// keys between its lowest and its highest that has this position or an earlier one is on the
/// stream already. Nothing more than that is taken from a record: it holds whoever published it, by
/// however old a map of the shards.
///
/// What is taken counts at once, so that a copy in the next record is known for one, but is kept
/// only once [#commit] says that all that was made of it is durable.
public final class OriginMarks implements StatePart {

    private static final int FORMAT = 1;
    private static final int BYTES_PER_MARK = 280;
    private static final int BYTES_PER_ORIGIN = 200;

    /// What one record tells about one origin shard.
    private static final class Span {
        private HashKey first;
        private HashKey last;
        private OriginPosition position;

        Span(OriginPosition position, HashKey key) {
            this.position = position;
            first = key;
            last = key;
        }

        void add(OriginPosition other, HashKey key) {
            position = other.compareTo(position) > 0 ? other : position;
            first = key.compareTo(first) < 0 ? key : first;
            last = key.compareTo(last) > 0 ? key : last;
        }
    }

    private final int mostMarks;
    private final SortedMap<ShardId, RangeMarks> origins = byId();
    private int size;
    private long turn;
    private long forgotten;

    /// What origins had when the last commit was made, of those that have changed since.
    private final Map<ShardId, RangeMarks> committed = new HashMap<>();

    private long committedTurn;
    private long committedForgotten;

    private @Nullable SequenceNumber record;
    private final SortedMap<ShardId, Span> spans = byId();

    /// @param mostMarks ranges remembered, of all origin shards together; beyond them those that
    ///     have not moved for the most records are forgotten, and replays of them are not known
    public OriginMarks(int mostMarks) {
        if (mostMarks < 1) {
            throw new IllegalArgumentException("at least one mark, not " + mostMarks);
        }
        this.mostMarks = mostMarks;
    }

    /// Takes the next event of the shard, in the order of the shard.
    ///
    /// @param in the record that it lies in
    /// @param origin the shard from which the stage before read it
    /// @param position where in that shard
    /// @param key that decided on its shard
    /// @return whether it comes for the first time; false for a replay
    public boolean take(SequenceNumber in, ShardId origin, OriginPosition position, HashKey key) {
        if (!in.equals(record)) {
            endRecord();
            record = in;
        }
        Span span = spans.get(origin);
        if (span == null) {
            spans.put(origin, new Span(position, key));
        } else {
            span.add(position, key);
        }
        OriginPosition mark = origins.getOrDefault(origin, RangeMarks.NONE).at(key);
        return mark == null || position.compareTo(mark) > 0;
    }

    /// All that was made of the events taken so far is durable. Only between two records.
    public void commit() {
        endRecord();
        committed.clear();
        committedTurn = turn;
        committedForgotten = forgotten;
    }

    /// Forgets what was taken since the last commit: it will be taken again.
    public void rollback() {
        record = null;
        spans.clear();
        committed.forEach(this::put);
        committed.clear();
        turn = committedTurn;
        forgotten = committedForgotten;
    }

    /// Marks forgotten since this shard was opened, because there were too many.
    public long forgotten() {
        return committedForgotten;
    }

    /// Writes what is committed.
    @Override
    public void writeAll(DataOutput out) throws IOException {
        SortedMap<ShardId, RangeMarks> durable = byId();
        durable.putAll(origins);
        durable.putAll(committed);
        durable.values().removeIf(marks -> marks.marks().isEmpty());
        out.writeByte(FORMAT);
        out.writeLong(committedTurn);
        out.writeInt(durable.size());
        for (Map.Entry<ShardId, RangeMarks> origin : durable.entrySet()) {
            MarksFormat.write(origin.getKey(), origin.getValue(), out);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        clear();
        inherit(in, HashRange.ALL);
    }

    @Override
    public void inherit(DataInput in, HashRange range) throws IOException {
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException("origin marks of the unknown format " + format);
        }
        turn = Math.max(turn, in.readLong());
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            ShardId origin = MarksFormat.readOrigin(in);
            RangeMarks marks = origins.getOrDefault(origin, RangeMarks.NONE);
            for (RangeMark mark : MarksFormat.readMarks(in)) {
                if (mark.range().overlaps(range)) {
                    marks = marks.raised(mark.in(range));
                }
            }
            put(origin, marks);
        }
        forgetOldest();
        commit();
    }

    @Override
    public void clear() {
        origins.clear();
        committed.clear();
        spans.clear();
        record = null;
        size = 0;
        turn = 0;
        committedTurn = 0;
        forgotten = 0;
        committedForgotten = 0;
    }

    @Override
    public long bytes() {
        return (long) size * BYTES_PER_MARK + (long) origins.size() * BYTES_PER_ORIGIN;
    }

    private void endRecord() {
        if (spans.isEmpty()) {
            return;
        }
        turn++;
        spans.forEach(
                (origin, span) -> {
                    RangeMarks before = origins.getOrDefault(origin, RangeMarks.NONE);
                    HashRange range = new HashRange(span.first, span.last);
                    change(origin, before.raised(new RangeMark(range, span.position, turn)));
                });
        spans.clear();
        record = null;
        forgetOldest();
    }

    /// An eighth at a time, so that not every record has to look for them.
    private void forgetOldest() {
        if (size <= mostMarks) {
            return;
        }
        int surplus = size - (mostMarks - mostMarks / 8);
        long oldest =
                origins.values().stream()
                        .flatMap(marks -> marks.marks().stream())
                        .mapToLong(RangeMark::turn)
                        .sorted()
                        .skip(surplus - 1L)
                        .findFirst()
                        .orElseThrow();
        int before = size;
        for (Map.Entry<ShardId, RangeMarks> origin : Map.copyOf(origins).entrySet()) {
            change(origin.getKey(), origin.getValue().without(mark -> mark.turn() <= oldest));
        }
        forgotten += before - size;
    }

    private void change(ShardId origin, RangeMarks marks) {
        committed.putIfAbsent(origin, origins.getOrDefault(origin, RangeMarks.NONE));
        put(origin, marks);
    }

    private void put(ShardId origin, RangeMarks marks) {
        RangeMarks before =
                marks.marks().isEmpty() ? origins.remove(origin) : origins.put(origin, marks);
        size += marks.marks().size() - (before == null ? 0 : before.marks().size());
    }

    private static <V> SortedMap<ShardId, V> byId() {
        return new TreeMap<>(Comparator.comparing(ShardId::value));
    }
}
