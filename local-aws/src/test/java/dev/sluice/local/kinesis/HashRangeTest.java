package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.List;

final class HashRangeTest {

    @Test
    void cutsTheWholeSpaceEvenly() {
        for (int count : new int[] {1, 2, 3, 7, 306}) {
            List<HashRange> ranges = HashRange.uniform(count);
            assertThat(ranges).hasSize(count);
            assertThat(ranges.getFirst().start()).isZero();
            assertThat(ranges.getLast().end()).isEqualTo(HashRange.MAX);
            for (int i = 1; i < count; i++) {
                assertThat(ranges.get(i - 1).endsBefore(ranges.get(i))).isTrue();
            }
        }
    }

    @Test
    void splitsAndJoinsWithoutLoss() {
        HashRange whole = HashRange.uniform(1).getFirst();
        BigInteger key = BigInteger.TWO.pow(100);
        assertThat(whole.below(key).contains(key)).isFalse();
        assertThat(whole.from(key).contains(key)).isTrue();
        assertThat(whole.below(key).joined(whole.from(key))).isEqualTo(whole);
    }

    @Test
    void refusesKeysOutsideTheSpace() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new HashRange(BigInteger.ZERO, HashRange.MAX.add(BigInteger.ONE)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HashRange(BigInteger.TWO, BigInteger.ONE));
    }

    @Test
    void hashesAKeyByMd5() {
        // RFC 1321, appendix A.5
        assertThat(HashKey.of("abc").toString(16)).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    }
}
