package dev.sluice.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;

class OriginMarksTest {

    private static final ShardId RAW = new ShardId("raw-1");
    private static final ShardId OTHER = new ShardId("raw-2");

    private OriginMarks marks = new OriginMarks(1_000);
    private int records;

    @Test
    void takesWhatComesForTheFirstTimeAndNothingTwice() {
        assertThat(record(RAW, 10, 1, 5)).isTrue();
        assertThat(record(RAW, 11, 1, 5)).isTrue();
        marks.commit();

        assertThat(record(RAW, 10, 1, 5)).isFalse();
        assertThat(record(RAW, 11, 1, 5)).isFalse();
        assertThat(record(RAW, 12, 1, 5)).isTrue();
    }

    @Test
    void knowsACopyOfWhatIsNotCommittedYet() {
        assertThat(record(RAW, 10, 1, 5)).isTrue();
        assertThat(record(RAW, 10, 1, 5)).isFalse();
    }

    @Test
    void takesAgainWhatWasRolledBack() {
        record(RAW, 10, 1, 5);
        marks.commit();
        record(RAW, 11, 1, 5);
        record(OTHER, 3, 1, 5);
        marks.rollback();

        assertThat(record(RAW, 10, 1, 5)).isFalse();
        assertThat(record(RAW, 11, 1, 5)).isTrue();
        assertThat(record(OTHER, 3, 1, 5)).isTrue();
    }

    @Test
    void tellsEventsOfOneRecordApart() {
        SequenceNumber in = nextRecord();
        assertThat(marks.take(in, RAW, at(10, 3), key(1))).isTrue();
        assertThat(marks.take(in, RAW, at(10, 4), key(1))).isTrue();
        SequenceNumber next = nextRecord();
        assertThat(marks.take(next, RAW, at(10, 4), key(1))).isFalse();
        assertThat(marks.take(next, RAW, at(10, 5), key(1))).isTrue();
    }

    @Test
    void countsEachOriginByItself() {
        record(RAW, 10, 1, 5);

        assertThat(record(OTHER, 7, 1, 5)).isTrue();
        assertThat(record(RAW, 7, 1, 5)).isFalse();
    }

    /// The records of two parents that merged: each publisher's lane had come to another point.
    @Test
    void dropsNothingOfASlowerRange() {
        assertThat(record(RAW, 200, 1, 5)).isTrue();
        assertThat(record(RAW, 80, 6, 9)).isTrue();
        assertThat(record(RAW, 81, 6, 9)).isTrue();
        assertThat(record(RAW, 199, 1, 5)).isFalse();
    }

    @Test
    void aRangeBetweenIsKnownOnceARecordSpansIt() {
        record(RAW, 10, 1, 2);
        record(RAW, 11, 8, 9);
        record(RAW, 20, 2, 8);

        assertThat(record(RAW, 15, 5, 5)).isFalse();
        assertThat(record(RAW, 15, 9, 9)).isTrue();
        assertThat(record(RAW, 9, 1, 1)).isFalse();
    }

    @Test
    void startsAgainFromWhatItWrote() {
        record(RAW, 10, 1, 5);
        record(OTHER, 4, 2, 2);
        marks.commit();
        record(RAW, 11, 1, 5);
        byte[] written = written(marks);

        marks = new OriginMarks(1_000);
        read(written);

        assertThat(record(OTHER, 4, 2, 2)).isFalse();
        assertThat(record(RAW, 10, 1, 5)).isFalse();
        assertThat(record(RAW, 11, 1, 5)).as("was not committed").isTrue();
    }

    @Test
    void writesTheSameAfterARestartAsWithout() {
        OriginMarks through = new OriginMarks(40);
        OriginMarks stopped = new OriginMarks(40);
        for (int i = 0; i < 200; i++) {
            for (OriginMarks each : new OriginMarks[] {through, stopped}) {
                marks = each;
                records = i;
                record(new ShardId("raw-" + i * 7 % 60), 10 + i, i % 11, i % 11 + i % 5);
            }
            if (i % 9 == 0) {
                through.commit();
                stopped.commit();
                byte[] written = written(stopped);
                marks = new OriginMarks(40);
                read(written);
                stopped = marks;
            }
        }
        through.commit();
        stopped.commit();

        assertThat(written(stopped)).isEqualTo(written(through));
    }

    @Test
    void aSplitLeavesEachChildItsPart() {
        record(RAW, 10, 1, 9);
        marks.commit();
        byte[] parent = written(marks);

        marks = new OriginMarks(1_000);
        inherit(parent, 6, 9);

        assertThat(record(RAW, 10, 6, 9)).isFalse();
        assertThat(record(RAW, 10, 1, 5)).as("the other child's, never seen here").isTrue();
    }

    @Test
    void aMergeKnowsWhatBothParentsKnew() {
        record(RAW, 10, 1, 5);
        marks.commit();
        byte[] lower = written(marks);
        marks = new OriginMarks(1_000);
        record(RAW, 90, 6, 9);
        record(RAW, 30, 4, 4);
        marks.commit();
        byte[] upper = written(marks);

        marks = new OriginMarks(1_000);
        inherit(lower, 1, 9);
        inherit(upper, 1, 9);

        assertThat(record(RAW, 10, 1, 5)).isFalse();
        assertThat(record(RAW, 90, 6, 9)).isFalse();
        assertThat(record(RAW, 30, 4, 4)).as("had come to the other parent").isFalse();
        assertThat(record(RAW, 11, 1, 3)).isTrue();
    }

    @Test
    void forgetsTheRangesThatHaveNotMovedForTheMostRecords() {
        marks = new OriginMarks(8);
        ShardId newest = new ShardId("new");
        record(new ShardId("old"), 1, 1, 5);
        for (int i = 0; i < 7; i++) {
            record(new ShardId("raw-" + i), 1, 1, 5);
        }
        marks.commit();
        assertThat(marks.forgotten()).isZero();
        record(newest, 1, 1, 5);
        marks.rollback();
        assertThat(marks.forgotten()).as("never happened").isZero();
        record(newest, 1, 1, 5);
        marks.commit();

        assertThat(marks.forgotten()).isEqualTo(2);
        assertThat(record(new ShardId("old"), 1, 1, 5)).isTrue();
        assertThat(record(new ShardId("raw-6"), 1, 1, 5)).isFalse();
        assertThat(record(newest, 1, 1, 5)).isFalse();
    }

    @Test
    void knowsNothingOnceCleared() {
        record(RAW, 10, 1, 5);
        marks.commit();
        assertThat(marks.bytes()).isPositive();
        marks.clear();

        assertThat(marks.bytes()).isZero();
        assertThat(record(RAW, 10, 1, 5)).isTrue();
    }

    @Test
    void refusesAFormatItDoesNotKnow() {
        assertThatThrownBy(() -> marks.read(input(new byte[] {9, 0})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unknown format 9");
    }

    /// Takes a record of two events, of the lowest and the highest key, with the later one at the
    /// position.
    ///
    /// @return whether both came for the first time; fails if only one did
    private boolean record(ShardId origin, int sequence, int firstKey, int lastKey) {
        SequenceNumber in = nextRecord();
        boolean first = marks.take(in, origin, at(sequence, 0), key(firstKey));
        boolean last = marks.take(in, origin, at(sequence, 1), key(lastKey));
        assertThat(first).isEqualTo(last);
        return last;
    }

    private SequenceNumber nextRecord() {
        return new SequenceNumber(BigInteger.valueOf(++records));
    }

    private void read(byte[] written) {
        try {
            marks.read(input(written));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void inherit(byte[] parent, int firstKey, int lastKey) {
        try {
            marks.inherit(input(parent), new HashRange(key(firstKey), key(lastKey)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] written(OriginMarks marks) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            marks.writeAll(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static DataInput input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static HashKey key(int number) {
        return new HashKey(number, 0);
    }

    private static OriginPosition at(int sequence, int index) {
        return new OriginPosition(new SequenceNumber(BigInteger.valueOf(sequence)), index);
    }
}
