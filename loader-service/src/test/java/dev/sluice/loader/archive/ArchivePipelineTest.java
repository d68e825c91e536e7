package dev.sluice.loader.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.loader.Fixtures;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.loader.window.WindowedHandler;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

class ArchivePipelineTest {

    private final EffectLog log = new EffectLog();
    private final MemoryObjectStore objects =
            new MemoryObjectStore("bucket", () -> Fixtures.RECEIVED, log);
    private final WindowedHandler handler = handler();

    @Test
    void framesComeBackByteForByteInOrder() {
        List<StreamRecord> records =
                IntStream.range(1, 40).mapToObj(i -> record(i, Fixtures.RECEIVED, 100)).toList();

        handler.handle(batch(records));
        AckToken done = handler.drain();

        List<ArchivedFrame> frames =
                new ArchiveReader(objects).frames("raw/dt=2026-11-21/hour=10/").toList();
        assertThat(done).isEqualTo(AckToken.upTo(sequence(39)));
        assertThat(frames)
                .extracting(ArchivedFrame::sequence)
                .isEqualTo(records.stream().map(StreamRecord::sequence).toList());
        assertThat(frames.get(17).frame()).isEqualTo(records.get(17).data());
        assertThat(log.lines())
                .first()
                .isEqualTo(
                        "publish s3://bucket/raw/dt=2026-11-21/hour=10/shardId-000000000000/1-10.slc");
    }

    @Test
    void anObjectHoldsOneHourOnly() {
        Instant nextHour = Instant.parse("2026-11-21T11:00:00Z");

        handler.handle(
                batch(List.of(record(1, nextHour.minusMillis(1), 10), record(2, nextHour, 10))));
        handler.drain();

        assertThat(log.lines())
                .containsExactly(
                        "publish s3://bucket/raw/dt=2026-11-21/hour=10/shardId-000000000000/1-1.slc",
                        "publish s3://bucket/raw/dt=2026-11-21/hour=11/shardId-000000000000/2-2.slc");
    }

    @Test
    void objectsThatOverlapGiveEachFrameOnce() {
        List<StreamRecord> records =
                IntStream.range(1, 26).mapToObj(i -> record(i, Fixtures.RECEIVED, 100)).toList();
        handler.handle(batch(records.subList(0, 12)));
        handler.drain();
        for (int from : new int[] {3, 8, 10}) {
            WindowedHandler again = handler();
            again.handle(batch(records.subList(from, Math.min(from + 15, 25))));
            again.drain();
        }

        assertThat(log.lines()).hasSize(8).doesNotHaveDuplicates();
        assertThat(new ArchiveReader(objects).frames("raw/"))
                .extracting(ArchivedFrame::sequence)
                .isEqualTo(records.stream().map(StreamRecord::sequence).toList());
    }

    @Test
    void aDamagedReadIsNoticedWhereverItIsAndNamesTheObject() {
        String key = archiveOne();
        byte[] good = objects.read(key).orElseThrow();
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            assertThatThrownBy(() -> ArchiveObject.read(bad))
                    .as("byte %d", at)
                    .isInstanceOf(IllegalArgumentException.class);
            byte[] cut = Arrays.copyOf(good, at);
            assertThatThrownBy(() -> ArchiveObject.read(cut))
                    .as("cut at %d", at)
                    .isInstanceOf(IllegalArgumentException.class);
        }

        objects.faults().damageNextReads(1);
        assertThatThrownBy(() -> new ArchiveReader(objects).read(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://bucket/" + key)
                .hasMessageContaining("damaged");
        assertThat(new ArchiveReader(objects).read(key)).hasSize(1);
    }

    /// The first version checks its index only.
    @Test
    void readsObjectsOfTheFirstVersion() {
        byte[] object = objects.read(archiveOne()).orElseThrow();
        int tail = object.length - 16;
        ByteBuffer bytes = ByteBuffer.wrap(object);
        int indexBytes = bytes.getInt(tail + 4);
        CRC32C checksum = new CRC32C();
        checksum.update(object, tail - indexBytes, indexBytes);
        bytes.putInt(tail + 8, (int) checksum.getValue()).put(tail + 12, (byte) 1);

        assertThat(ArchiveObject.read(object))
                .singleElement()
                .satisfies(frame -> assertThat(frame.sequence()).isEqualTo(sequence(1)));
        object[tail - 1] ^= 1;
        assertThatThrownBy(() -> ArchiveObject.read(object)).hasMessageContaining("damaged");
    }

    private String archiveOne() {
        handler.handle(batch(List.of(record(1, Fixtures.RECEIVED, 10))));
        handler.drain();
        return objects.list("raw/").findFirst().orElseThrow().key();
    }

    private WindowedHandler handler() {
        return new WindowedHandler(
                new ArchivePipeline(objects, 1_000),
                WindowAge.of(Duration.ofSeconds(10)),
                () -> Fixtures.RECEIVED);
    }

    private static RecordBatch batch(List<StreamRecord> records) {
        return new RecordBatch(
                new StreamName("sluice-raw"),
                new ShardId("shardId-000000000000"),
                records,
                Duration.ZERO,
                AckToken.upTo(records.getLast().sequence()));
    }

    private static StreamRecord record(int sequence, Instant arrivedAt, int size) {
        byte[] data = new byte[size];
        data[0] = (byte) sequence;
        return new StreamRecord(sequence(sequence), arrivedAt, data);
    }

    private static SequenceNumber sequence(int number) {
        return SequenceNumber.of(String.valueOf(number));
    }
}
