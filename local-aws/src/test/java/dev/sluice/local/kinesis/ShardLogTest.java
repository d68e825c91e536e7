package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

final class ShardLogTest {

    private static final int SEGMENT = 4096;

    @TempDir Path directory;

    private ShardLog open() {
        return ShardLog.open(directory, SEGMENT);
    }

    private static PendingRecord record(String text) {
        return PendingRecord.of("key", BigInteger.ZERO, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(LogSlice slice) {
        return slice.records().stream()
                .map(r -> new String(r.data(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> all(ShardLog log) {
        return texts(log.read(0, Integer.MAX_VALUE, Long.MAX_VALUE));
    }

    private List<Path> files(String suffix) {
        return Directories.children(directory).stream()
                .filter(f -> f.toString().endsWith(suffix))
                .toList();
    }

    /// Appends records of 100 bytes one by one, the i-th at time i.
    private static List<String> fill(ShardLog log, int from, int to) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            texts.add(String.format("%0100d", i));
            log.append(List.of(record(texts.getLast())), i, WriteFaults.NONE);
        }
        return texts;
    }

    @Test
    void keepsRecordsAcrossReopenAndSegments() {
        List<String> written;
        long end;
        try (ShardLog log = open()) {
            written = fill(log, 0, 200);
            end = log.end();
        }
        assertThat(files(Segment.LOG)).hasSizeGreaterThan(5);
        try (ShardLog log = open()) {
            assertThat(log.end()).isEqualTo(end);
            assertThat(all(log)).isEqualTo(written);
            written.addAll(fill(log, 200, 210));
            assertThat(all(log)).isEqualTo(written);
        }
    }

    @Test
    void cutsATornTailOfAnyLength() throws IOException {
        long intact;
        List<String> written;
        try (ShardLog log = open()) {
            written = fill(log, 0, 10);
            intact = log.end();
            log.append(List.of(record("the last one")), 11, WriteFaults.NONE);
        }
        Path file = files(Segment.LOG).getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int length = (int) intact; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (ShardLog log = open()) {
                assertThat(log.end()).isEqualTo(intact);
                assertThat(all(log)).isEqualTo(written);
            }
            assertThat(Files.size(file)).isEqualTo(intact);
        }
    }

    @Test
    void cutsATailWhoseChecksumIsWrong() throws IOException {
        long intact;
        try (ShardLog log = open()) {
            fill(log, 0, 3);
            intact = log.end();
            log.append(List.of(record("damaged")), 4, WriteFaults.NONE);
        }
        Path file = files(Segment.LOG).getFirst();
        flipByte(file, Files.size(file) - 1);
        try (ShardLog log = open()) {
            assertThat(log.end()).isEqualTo(intact);
            log.append(List.of(record("new")), 5, WriteFaults.NONE);
            assertThat(all(log)).endsWith("new").hasSize(4);
        }
    }

    private static void flipByte(Path file, long at) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) ~one.get(0)).flip();
            channel.write(one, at);
        }
    }

    @Test
    void namesTheFileThatIsDamagedInTheMiddle() throws IOException {
        try (ShardLog log = open()) {
            fill(log, 0, 100);
            Path first = files(Segment.LOG).getFirst();
            flipByte(first, 60);
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> all(log))
                    .withMessageContaining(first.toString());
        }
    }

    @Test
    void refusesToOpenWithAMissingSegment() throws IOException {
        try (ShardLog log = open()) {
            fill(log, 0, 200);
        }
        Files.delete(files(Segment.LOG).get(2));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(this::open)
                .withMessageContaining(directory.toString());
    }

    @Test
    void rebuildsAMissingIndex() throws IOException {
        try (ShardLog log = open()) {
            fill(log, 0, 200);
        }
        for (Path index : files(Segment.INDEX)) {
            Files.delete(index);
        }
        try (ShardLog log = open()) {
            assertThat(texts(log.read(log.seek(150), 1, Long.MAX_VALUE)).getFirst())
                    .endsWith("0150");
        }
    }

    @Test
    void findsTheFirstRecordOfATime() {
        try (ShardLog log = open()) {
            for (int i = 0; i < 100; i++) {
                log.append(
                        List.of(record("a" + i), record("b" + i)),
                        1000 + 10L * i,
                        WriteFaults.NONE);
            }
            for (int i = 0; i < 100; i++) {
                long at = 1000 + 10L * i;
                assertThat(texts(log.read(log.seek(at), 1, 1000))).containsExactly("a" + i);
                assertThat(texts(log.read(log.seek(at - 9), 1, 1000))).containsExactly("a" + i);
            }
            assertThat(log.seek(0)).isZero();
            assertThat(log.seek(10_000)).isEqualTo(log.end());
        }
    }

    @Test
    void deletesWhatRetentionHasRunOutFor() {
        try (ShardLog log = open()) {
            List<String> written = fill(log, 0, 200);
            long end = log.end();
            int before = files(Segment.LOG).size();
            log.expire(100);
            assertThat(files(Segment.LOG)).hasSizeLessThan(before);
            List<String> kept = all(log);
            assertThat(written).endsWith(kept.toArray(String[]::new));
            assertThat(kept).hasSizeBetween(100, 100 + SEGMENT / 100);
            log.expire(1000);
            assertThat(all(log)).isEmpty();
            assertThat(log.start()).isEqualTo(end);
            log.append(List.of(record("after")), 1001, WriteFaults.NONE);
            assertThat(log.read(0, 10, 1000).records().getFirst().offset()).isEqualTo(end);
        }
        try (ShardLog log = open()) {
            assertThat(all(log)).containsExactly("after");
        }
    }

    @Test
    void readsNoMoreThanAskedButAlwaysOne() {
        try (ShardLog log = open()) {
            List<String> written = fill(log, 0, 50);
            LogSlice three = log.read(0, 3, Long.MAX_VALUE);
            assertThat(texts(three)).isEqualTo(written.subList(0, 3));
            assertThat(texts(log.read(three.next(), 50, 2 * 103 + 1)))
                    .isEqualTo(written.subList(3, 5));
            assertThat(texts(log.read(three.next(), 50, 1))).isEqualTo(written.subList(3, 4));
            assertThat(log.read(log.end(), 50, 1000).records()).isEmpty();
        }
    }

    @Test
    void keepsTimeFromGoingBack() {
        try (ShardLog log = open()) {
            log.append(List.of(record("first")), 500, WriteFaults.NONE);
            log.append(List.of(record("second")), 100, WriteFaults.NONE);
            assertThat(log.read(0, 2, 1000).records())
                    .extracting(StoredRecord::arrivalMillis)
                    .containsExactly(500L, 500L);
        }
    }

    @Test
    void findsTheFirstRecordOfATimeWhenASkewedClockWentBack() throws IOException {
        try (ShardLog log = open()) {
            for (int i = 0; i < 20; i++) {
                long skew = i == 10 ? 5000 : 0;
                log.append(List.of(record("r" + i)), 1000 + 10L * i, new WriteFaults(skew, false));
            }
            assertThat(texts(log.read(log.seek(1050), 1, 1000))).containsExactly("r5");
            assertThat(texts(log.read(log.seek(1150), 1, 1000))).containsExactly("r10");
        }
        try (ShardLog log = open()) {
            assertThat(texts(log.read(log.seek(1150), 1, 1000))).containsExactly("r10");
        }
    }

    @Test
    void keepsNothingOfAWriteThatFoundNoSpace() throws IOException {
        try (ShardLog log = open()) {
            fill(log, 0, 3);
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(
                            () ->
                                    log.append(
                                            List.of(record("lost"), record("too")),
                                            10,
                                            new WriteFaults(0, true)))
                    .withStackTraceContaining("No space left on device");
            assertThat(all(log)).hasSize(3);
        }
        try (ShardLog log = open()) {
            assertThat(all(log)).hasSize(3);
            log.append(List.of(record("healed")), 11, WriteFaults.NONE);
            assertThat(all(log)).hasSize(4).endsWith("healed");
        }
    }

    @Test
    void knowsWhereRecordsStart() {
        try (ShardLog log = open()) {
            long[] offsets = log.append(List.of(record("one"), record("two")), 1, WriteFaults.NONE);
            assertThat(IntStream.range(0, (int) log.end() + 5).filter(log::holdsRecordAt))
                    .containsExactly((int) offsets[0], (int) offsets[1]);
        }
    }

    @Test
    void takesNothingAfterClose() {
        ShardLog log = open();
        log.close();
        log.close();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> log.append(List.of(record("late")), 1, WriteFaults.NONE))
                .withMessageContaining(directory.toString(), WriteFaults.NONE);
    }
}
