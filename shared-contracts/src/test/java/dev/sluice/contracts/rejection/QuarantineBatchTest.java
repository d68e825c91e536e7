package dev.sluice.contracts.rejection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class QuarantineBatchTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Random random = new Random(5);

    @Test
    void holdsEveryRecordOnceInItsOrder() {
        List<QuarantineRecord> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(refused(i, bytes(random.nextInt(20_000))));
        }

        List<byte[]> batches = QuarantineBatch.encode(records);

        assertThat(batches).hasSizeBetween(5, 50).allSatisfy(QuarantineBatchTest::goesOnAStream);
        assertThat(
                        batches.stream()
                                .flatMap(batch -> QuarantineBatch.decode(batch).stream())
                                .map(QuarantineRecord::encode))
                .containsExactlyElementsOf(records.stream().map(QuarantineRecord::encode).toList());
    }

    @Test
    void theLargestOriginalThatDoesNotCompressGoesOnAStream() {
        QuarantineRecord record = refused(0, bytes(QuarantineRecord.LARGEST_ORIGINAL));

        assertThat(record.keyOfLargeOriginal()).isEmpty();
        assertThat(QuarantineBatch.encode(List.of(record)))
                .singleElement()
                .satisfies(QuarantineBatchTest::goesOnAStream);
    }

    @Test
    void makesNoBatchOfNothing() {
        assertThat(QuarantineBatch.encode(List.of())).isEmpty();
    }

    @Test
    void refusesWhatIsNoBatch() {
        byte[] batch = QuarantineBatch.encode(List.of(refused(0, bytes(100)))).getFirst();
        byte[] cut = Arrays.copyOf(batch, batch.length - 5);
        byte[] otherLines = Zstd.compress(new byte[] {'{', '}', '\n'});
        byte[] bomb = Zstd.compress(new byte[65 << 20]);

        for (byte[] wrong : List.of(new byte[0], bytes(50), cut, otherLines, bomb)) {
            assertThatThrownBy(() -> QuarantineBatch.decode(wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void goesOnAStream(byte[] batch) {
        assertThat(batch).hasSizeLessThan((1 << 20) - 128);
    }

    private static QuarantineRecord refused(int index, byte[] original) {
        return QuarantineRecord.of(
                "validator",
                new QuarantineId("sluice-raw", "s", "1", index),
                new Rejection.Malformed("not JSON"),
                null,
                null,
                null,
                NOW,
                original);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
