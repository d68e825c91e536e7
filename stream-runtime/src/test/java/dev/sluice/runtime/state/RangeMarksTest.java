package dev.sluice.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

class RangeMarksTest {

    /// Keys around the place where the low half overflows, so that both halves matter.
    private static final int KEYS = 64;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheGreatestPositionOfEachKey(long seed) {
        Random random = new Random(seed);
        @Nullable OriginPosition[] expected = new OriginPosition[KEYS];
        RangeMarks marks = RangeMarks.NONE;
        for (int step = 0; step < 300; step++) {
            int first = random.nextInt(KEYS);
            int last = first + random.nextInt(Math.min(KEYS - first, 1 + step % KEYS));
            OriginPosition position = at(random.nextInt(2 * step + 2));
            marks = marks.raised(new RangeMark(range(first, last), position, step));
            for (int key = first; key <= last; key++) {
                OriginPosition before = expected[key];
                expected[key] =
                        before == null || before.compareTo(position) < 0 ? position : before;
            }
            for (int key = 0; key < KEYS; key++) {
                assertThat(marks.at(key(key))).as("key %d", key).isEqualTo(expected[key]);
            }
            assertThat(marks.marks()).hasSize(starts(expected).length);
        }
    }

    @Test
    void reachesBothEndsOfTheSpace() {
        RangeMarks marks =
                RangeMarks.NONE
                        .raised(new RangeMark(HashRange.ALL, at(5), 1))
                        .raised(new RangeMark(range(10, 20), at(7), 2))
                        .raised(new RangeMark(HashRange.ALL, at(6), 3));

        assertThat(marks.at(HashKey.MIN)).isEqualTo(at(6));
        assertThat(marks.at(key(10))).isEqualTo(at(7));
        assertThat(marks.at(HashKey.MAX)).isEqualTo(at(6));
        assertThat(marks.marks()).hasSize(3);
    }

    /// Where runs of keys with one position start.
    private static int[] starts(@Nullable OriginPosition[] positions) {
        return IntStream.range(0, positions.length)
                .filter(i -> positions[i] != null)
                .filter(i -> i == 0 || !Objects.equals(positions[i], positions[i - 1]))
                .toArray();
    }

    private static HashRange range(int first, int last) {
        return new HashRange(key(first), key(last));
    }

    private static HashKey key(int number) {
        return number < KEYS / 2
                ? new HashKey(7, number - KEYS / 2)
                : new HashKey(8, number - KEYS / 2);
    }

    private static OriginPosition at(int number) {
        return new OriginPosition(new SequenceNumber(BigInteger.valueOf(number / 3)), number % 3);
    }
}
