package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The marks of one origin: ranges that do not overlap, in order, with gaps where nothing is known.
/// Immutable.
record RangeMarks(List<RangeMark> marks) {

    static final RangeMarks NONE = new RangeMarks(List.of());

    RangeMarks {
        marks = List.copyOf(marks);
    }

    /// How far the events of the key have come; null if nothing is known.
    @Nullable OriginPosition at(HashKey key) {
        int low = 0;
        int high = marks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            RangeMark mark = marks.get(middle);
            if (mark.range().last().compareTo(key) < 0) {
                low = middle + 1;
            } else if (mark.range().first().compareTo(key) > 0) {
                high = middle - 1;
            } else {
                return mark.position();
            }
        }
        return null;
    }

    /// With the whole range of the mark at its position, or further where it was further.
    RangeMarks raised(RangeMark by) {
        Builder raised = new Builder();
        @Nullable HashKey next = by.range().first();
        List<RangeMark> after = new ArrayList<>();
        for (RangeMark mark : marks) {
            if (mark.range().first().compareTo(by.range().first()) < 0) {
                raised.add(before(mark, by.range().first()));
            }
            if (mark.range().last().compareTo(by.range().last()) > 0) {
                after.add(after(mark, by.range().last()));
            }
            if (next != null && mark.range().overlaps(by.range()) && isFurther(mark, by)) {
                RangeMark further = mark.in(by.range());
                if (next.compareTo(further.range().first()) < 0) {
                    raised.add(before(from(by, next), further.range().first()));
                }
                raised.add(further);
                next = further.range().last().next();
            }
        }
        if (next != null && next.compareTo(by.range().last()) <= 0) {
            raised.add(from(by, next));
        }
        after.forEach(raised::add);
        return new RangeMarks(raised.marks);
    }

    RangeMarks without(Predicate<RangeMark> forgotten) {
        return new RangeMarks(marks.stream().filter(forgotten.negate()).toList());
    }

    private static boolean isFurther(RangeMark mark, RangeMark than) {
        return mark.position().compareTo(than.position()) >= 0;
    }

    /// The part in front of a key that is behind its first.
    private static RangeMark before(RangeMark mark, HashKey key) {
        HashKey last = key.previous();
        return last == null ? mark : mark.in(new HashRange(HashKey.MIN, last));
    }

    /// The part behind a key that is in front of its last.
    private static RangeMark after(RangeMark mark, HashKey key) {
        HashKey first = key.next();
        return first == null ? mark : from(mark, first);
    }

    private static RangeMark from(RangeMark mark, HashKey first) {
        return mark.in(new HashRange(first, HashKey.MAX));
    }

    /// Joins what touches and has come equally far.
    private static final class Builder {
        private final List<RangeMark> marks = new ArrayList<>();

        void add(RangeMark mark) {
            if (!marks.isEmpty()) {
                RangeMark before = marks.getLast();
                if (before.position().equals(mark.position())
                        && mark.range().first().equals(before.range().last().next())) {
                    HashRange joined = new HashRange(before.range().first(), mark.range().last());
                    long turn = Math.max(before.turn(), mark.turn());
                    marks.set(marks.size() - 1, new RangeMark(joined, mark.position(), turn));
                    return;
                }
            }
            marks.add(mark);
        }
    }
}
