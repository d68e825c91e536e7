package dev.sluice.loader.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.loader.Fixtures;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

class ArchivePipelineTest {

    private static final String HOUR =
            "raw/dt=2026-11-21/hour=10/0000000000000000-ffffffffffffffff/shardId-000000000000/";

    private final EffectLog log = new EffectLog();
    private final MemoryObjectStore objects =
            new MemoryObjectStore("bucket", () -> Fixtures.RECEIVED, log);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ShardHandler handler = handler(null);

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
                .startsWith(
                        "publish s3://bucket/" + HOUR + "1-10.idx",
                        "publish s3://bucket/" + HOUR + "1-10.slc");
    }

    @Test
    void anObjectHoldsOneHourOnly() {
        Instant nextHour = Instant.parse("2026-11-21T11:00:00Z");

        handler.handle(
                batch(List.of(record(1, nextHour.minusMillis(1), 10), record(2, nextHour, 10))));
        handler.drain();

        assertThat(log.lines())
                .filteredOn(line -> line.endsWith(".slc"))
                .containsExactly(
                        "publish s3://bucket/" + HOUR + "1-1.slc",
                        "publish s3://bucket/" + HOUR.replace("hour=10", "hour=11") + "2-2.slc");
    }

    @Test
    void objectsThatOverlapGiveEachFrameOnce() {
        List<StreamRecord> records =
                IntStream.range(1, 26).mapToObj(i -> record(i, Fixtures.RECEIVED, 100)).toList();
        handler.handle(batch(records.subList(0, 12)));
        handler.drain();
        for (int from : new int[] {3, 8, 10}) {
            ShardHandler again = handler(sequence(from));
            again.handle(batch(records.subList(from, Math.min(from + 15, 25))));
            again.drain();
        }

        assertThat(log.lines()).hasSize(16).doesNotHaveDuplicates();
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

    /// As they were written before: without what they follow, and with a CRC-32C.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsObjectsOfEarlierVersions(int version) {
        byte[] object = OldObjects.write(version, List.of(record(7, Fixtures.RECEIVED, 10)));

        ArchiveObject read = ArchiveObject.read(object);

        assertThat(read.link()).isNull();
        assertThat(read.frames())
                .singleElement()
                .satisfies(
                        frame -> {
                            assertThat(frame.sequence()).isEqualTo(sequence(7));
                            assertThat(frame.frame()).hasSize(10).startsWith(7);
                        });
        object[12] ^= 1;
        assertThatThrownBy(() -> ArchiveObject.read(object)).hasMessageContaining("damaged");
    }

    @Test
    void readsNamesFromBeforeTheyHadAHashRange() {
        String old = "raw/dt=2026-11-21/hour=10/shardId-000000000000/7-7.slc";
        objects.write(old, OldObjects.write(2, List.of(record(7, Fixtures.RECEIVED, 10))));
        ShardHandler next = handler(sequence(7));
        next.handle(batch(List.of(record(8, Fixtures.RECEIVED, 10))));
        next.drain();

        assertThat(ArchiveKey.parse(old)).hasToString(old);
        assertThat(new ArchiveReader(objects).frames("raw/"))
                .extracting(ArchivedFrame::sequence)
                .containsExactly(sequence(7), sequence(8));
    }

    @Test
    void aNameSaysWhichHashKeysItsEventsHave() {
        byte[] frame =
                ArchiveRig.frame(
                        ArchiveRig.event("acme", "e1", Fixtures.RECEIVED, "{}"),
                        ArchiveRig.event("acme", "e2", Fixtures.RECEIVED, "no json"));
        handler.handle(
                batch(
                        List.of(
                                new StreamRecord(sequence(1), Fixtures.RECEIVED, frame),
                                record(2, Fixtures.RECEIVED.plusSeconds(3600), 10))));
        handler.drain();

        List<ArchiveKey> keys =
                new ArchiveReader(objects)
                        .list("raw/")
                        .map(object -> ArchiveKey.parse(object.key()))
                        .toList();
        HashRange held = HashKey.of("acme/e1").within(HashKey.of("acme/e2").within(null));
        assertThat(keys.getFirst().held())
                .isEqualTo(
                        new HashRange(
                                new HashKey(held.first().high(), 0),
                                new HashKey(held.last().high(), -1)));
        assertThat(keys.getLast().held()).as("nobody could read its frame").isNull();
    }

    @Test
    void anObjectSaysWhatItFollows() {
        handler.handle(
                batch(
                        IntStream.range(1, 25)
                                .mapToObj(i -> record(i, Fixtures.RECEIVED, 100))
                                .toList()));
        handler.drain();
        ShardHandler next = handler(sequence(24));
        next.handle(batch(List.of(record(30, Fixtures.RECEIVED, 100))));
        next.drain();

        assertThat(List.of("1-10", "11-20", "21-24", "30-30"))
                .extracting(
                        name ->
                                ArchiveObject.read(objects.read(HOUR + name + ".slc").orElseThrow())
                                        .link())
                .extracting(link -> String.valueOf(link.after()))
                .containsExactly("null", "10", "20", "24");
    }

    @Test
    void anObjectThatCouldNotBeWrittenIsWrittenLater() {
        handler.handle(batch(List.of(record(1, Fixtures.RECEIVED, 10))));
        objects.faults().failPublications();
        assertThatThrownBy(handler::drain).isInstanceOf(TransientFailure.class);
        objects.faults().heal();

        assertThat(handler.drain()).isEqualTo(AckToken.upTo(sequence(1)));
        assertThat(log.lines())
                .containsExactly(
                        "publish s3://bucket/" + HOUR + "1-1.idx",
                        "publish s3://bucket/" + HOUR + "1-1.slc");
    }

    @Test
    void theEndOfAShardIsNoted() {
        handler.handle(batch(List.of(record(1, Fixtures.RECEIVED, 10))));
        handler.drain();
        handler.beforeShardEnd();
        handler(null).beforeShardEnd();

        assertThat(log.lines())
                .endsWith(
                        "publish s3://bucket/" + HOUR + "1.end",
                        "publish s3://bucket/" + HOUR + "none.end");
        assertThat(new ArchiveReader(objects).frames("raw/")).hasSize(1);
        assertThat(ShardEnd.find(HOUR + "1.end").orElseThrow().last()).isEqualTo(sequence(1));
        assertThat(ShardEnd.find(HOUR + "none.end").orElseThrow().last()).isNull();
    }

    @Test
    void framesAreReceivedAsIndexedOrUnreadable() {
        byte[] good =
                ArchiveRig.frame(
                        ArchiveRig.event("acme", "e1", Fixtures.RECEIVED, "{}"),
                        ArchiveRig.event("acme", "e2", Fixtures.RECEIVED, "no json"));
        handler.handle(
                batch(
                        List.of(
                                record(1, Fixtures.RECEIVED, 10),
                                new StreamRecord(sequence(2), Fixtures.RECEIVED, good))));
        handler.drain();

        assertThat(frames("received")).isEqualTo(2);
        assertThat(frames("received")).isEqualTo(frames("indexed") + frames("unreadable"));
        assertThat(frames("unreadable")).isEqualTo(1);
        assertThat(meters.get("sluice.archive.events").counter().count()).isEqualTo(2);
    }

    private double frames(String outcome) {
        return meters.get("sluice.archive.frames").tag("outcome", outcome).counter().count();
    }

    private String archiveOne() {
        handler.handle(batch(List.of(record(1, Fixtures.RECEIVED, 10))));
        handler.drain();
        return new ArchiveReader(objects).list("raw/").findFirst().orElseThrow().key();
    }

    private ShardHandler handler(@Nullable SequenceNumber checkpoint) {
        return ArchiveRig.shards(objects, 1_000, () -> Fixtures.RECEIVED, meters)
                .open(ArchiveRig.start(checkpoint));
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
