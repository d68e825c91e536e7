package dev.sluice.loader.archive.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.loader.archive.ArchiveKey;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.archive.ArchiveRig;
import dev.sluice.loader.archive.ShardEnd;
import dev.sluice.loader.archive.verify.Finding.Kind;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Each test makes an archive of three hours that is whole, with a crash and a split in it, takes
/// something from it, and sees that it is missed.
class ArchiveVerificationTest {

    private static final StreamName RAW = new StreamName("sluice-raw");
    private static final ShardId PARENT = new ShardId("shardId-000000000000");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    private Instant now = TEN;
    private int objectSize = 700;
    private int frames;
    private final MemoryStreams streams = new MemoryStreams(() -> now, new EffectLog());
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final MemoryBooks books = new MemoryBooks(() -> now);
    private final ArchiveReader archive = new ArchiveReader(objects);
    private final MemoryConsumer consumer =
            new MemoryConsumer(
                    streams,
                    RAW,
                    start -> ArchiveRig.shards(objects, objectSize, () -> now).open(start),
                    3,
                    1);

    ArchiveVerificationTest() {
        streams.create(RAW, 1);
        hour(12);
        consumer.holdCheckpoints();
        hour(5);
        consumer.crash();
        consumer.resumeCheckpoints();
        objectSize = 900;
        hour(9);
        streams.split(RAW, PARENT);
        now = now.minus(HOUR).plusSeconds(60);
        hour(12);
        consumer.close();
        now = now.plus(HOUR);
    }

    @Test
    void anArchiveIsWholeThroughCrashAndSplit() {
        VerifyReport report = verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.notes())
                .containsExactly(
                        "minutes after 2026-11-21T13:51:00Z are not compared with the books yet");
        assertThat(report.frames()).isGreaterThanOrEqualTo(frames);
        assertThat(keys()).hasSizeGreaterThan(10);
    }

    /// Also the first and the last, and whichever hours are verified: the one before, too.
    @Test
    void anObjectThatIsMissingIsMissedWhicheverItIs() {
        int missed = 0;
        for (ArchiveKey key : keys()) {
            byte[] content = objects.read(key.toString()).orElseThrow();
            objects.delete(key.toString());
            if (archive.frames("raw/").count() == frames) {
                assertThat(verify().findings()).as("others hold %s", key).isEmpty();
                objects.write(key.toString(), content);
                continue;
            }
            missed++;

            assertThat(verify().findings())
                    .as("without %s", key)
                    .extracting(Finding::kind)
                    .containsAnyOf(Kind.GAP, Kind.TAIL)
                    .contains(Kind.BOOKS);
            assertThat(verify(key.hour(), key.hour().plus(HOUR)).findings())
                    .as("of its hour without %s", key)
                    .extracting(Finding::kind)
                    .containsAnyOf(Kind.GAP, Kind.TAIL);
            objects.write(key.toString(), content);
        }
        assertThat(missed).isGreaterThan(8);
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void aFlippedByteAndACutObjectAreDamage() {
        ArchiveKey key = keys().get(2);
        byte[] content = objects.read(key.toString()).orElseThrow();
        content[content.length / 3] ^= 1;
        objects.write(key.toString(), content);
        assertThat(verify().findings())
                .extracting(Finding::toString)
                .anyMatch(line -> line.startsWith("damaged  " + key) && line.contains("SHA-256"));

        objects.write(key.toString(), Arrays.copyOf(content, content.length / 2));
        assertThat(verify().findings())
                .anyMatch(
                        found ->
                                found.kind() == Kind.DAMAGED
                                        && found.object().equals(key.toString()));
    }

    /// The object that takes its place is well-formed: it is another one's.
    @Test
    void anObjectUnderAnotherNameIsDamage() {
        ArchiveKey one = keys().get(0);
        ArchiveKey other = keys().get(1);
        objects.write(one.toString(), objects.read(other.toString()).orElseThrow());

        assertThat(verify().findings())
                .extracting(Finding::message)
                .contains(
                        "its frames do not begin or end as its name says",
                        "its sidecar has another SHA-256 for it",
                        "its 2 frames are not the 2 of its sidecar");
    }

    /// Whoever looks for a person would pass it over.
    @Test
    void aNameThatLacksKeysOfItsObjectIsDamage() {
        ArchiveKey key = keys().get(1);
        HashRange none = HashKey.MIN.within(null);
        ArchiveKey wrong =
                new ArchiveKey(key.hour(), key.range(), key.shard(), key.first(), key.last(), none);
        objects.write(wrong.toString(), objects.read(key.toString()).orElseThrow());
        objects.write(wrong.sidecar(), objects.read(key.sidecar()).orElseThrow());
        objects.delete(key.toString());
        objects.delete(key.sidecar());

        assertThat(verify().findings())
                .containsExactly(
                        new Finding(
                                Kind.DAMAGED,
                                wrong.toString(),
                                "it holds hash keys that its name does not have"));
    }

    @Test
    void aSidecarThatIsMissingOrDamagedIsFound() {
        ArchiveKey key = keys().get(1);
        byte[] content = objects.read(key.sidecar()).orElseThrow();
        objects.delete(key.sidecar());
        assertThat(verify().findings())
                .containsExactly(new Finding(Kind.SIDECAR, key.toString(), "it has no sidecar"));

        content[20] ^= 1;
        objects.write(key.sidecar(), content);
        assertThat(verify().findings())
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("wrong checksum"));
    }

    @Test
    void theEndOfAParentHasToBeNoted() {
        String end =
                names().filter(name -> ShardEnd.find(name).isPresent()).findFirst().orElseThrow();
        objects.delete(end);

        assertThat(verify().findings())
                .hasSize(2)
                .allMatch(found -> found.kind() == Kind.GAP)
                .allMatch(found -> found.message().contains("parent shardId-000000000000"));
    }

    @Test
    void whatIsAcknowledgedHasToBeThere() {
        ShardId child = new ShardId("shardId-000000000001");
        SequenceNumber last = consumer.checkpoint(child).orElseThrow();

        assertThat(verify(Map.of(child, last)).findings()).isEmpty();
        SequenceNumber further = new SequenceNumber(last.value().add(last.value()));
        assertThat(verify(Map.of(child, further)).findings())
                .singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.TAIL));
    }

    @Test
    void eventsThatTheBooksHaveAndTheArchiveHasNotAreMissed() {
        book("validator", "other-shard", "acme", TEN, 2);

        assertThat(verify().findings())
                .containsExactly(
                        new Finding(
                                Kind.BOOKS,
                                "acme 2026-11-21T10:00:00Z",
                                "the archive has 36 of 38 events"));
    }

    @Test
    void theDoorsCountIsALowerBoundAndTheValidatorMayBeBehind() {
        book("validator", PARENT.value(), "acme", TEN, 0);
        book("collector", "door", "acme", TEN, 5);

        assertThat(verify().findings())
                .extracting(Finding::message)
                .containsExactly("the archive has 36 of 40 events");
    }

    @Test
    void minutesThatMayBeUnderWayAreNotCompared() {
        Instant minute = now.minusSeconds(300);
        book("collector", "door", "acme", minute, 7);

        VerifyReport report = verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).anyMatch(note -> note.contains("not compared"));
    }

    /// What the bucket kept while the stream took nothing arrives hours later.
    @Test
    void eventsThatArriveInALaterHourAreFoundThere() {
        book("validator", "spilled", "acme", TEN.plusSeconds(120), 2);
        assertThat(verify(TEN, TEN.plus(HOUR)).findings()).hasSize(1);

        consumer.start();
        byte[] frame = frame(TEN.plusSeconds(120), 2);
        streams.put(RAW, List.of(new OutgoingRecord(HashKey.MIN, frame)));
        consumer.runUntilIdle();
        consumer.close();

        assertThat(verify(TEN, TEN.plus(HOUR)).findings()).isEmpty();
    }

    @Test
    void whatMayBeGoneByAgeIsNoted() {
        List<ArchiveKey> keys = keys();
        objects.delete(keys.getFirst().toString());
        now = TEN.plus(Duration.ofDays(181));

        VerifyReport report = verify(TEN, TEN.plus(HOUR));

        assertThat(report.findings()).noneMatch(found -> found.kind() == Kind.GAP);
        assertThat(report.notes()).anyMatch(note -> note.contains("gone by age"));
        objects.delete(keys.get(2).toString());
        assertThat(verify(TEN, TEN.plus(HOUR)).findings())
                .as("something older is still there")
                .anyMatch(found -> found.kind() == Kind.GAP);
    }

    @Test
    void aDayWhoseBooksAreGoneIsSaidToBeNotCompared() {
        VerifyReport report =
                new ArchiveVerification(objects, () -> now)
                        .run(
                                new VerifyScope(
                                        TEN,
                                        TEN.plus(HOUR),
                                        new MemoryBooks(),
                                        Map.of(),
                                        Duration.ofDays(180),
                                        Duration.ofMinutes(10)),
                                _ -> {});

        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).anyMatch(note -> note.contains("the books have no minute"));
    }

    @Test
    void framesThatWereUnreadableWhenTheyCameAreNoFault() {
        consumer.start();
        streams.put(RAW, List.of(new OutgoingRecord(HashKey.MIN, new byte[] {1, 2, 3})));
        consumer.runUntilIdle();
        consumer.close();

        VerifyReport report = verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.unreadable()).isEqualTo(1);
        assertThat(report.notes()).anyMatch(note -> note.contains("unreadable"));
    }

    /// So many frames of three events, within a minute of an hour.
    private void hour(int count) {
        consumer.start();
        for (int i = 0; i < count; i++) {
            frames++;
            byte[] frame = frame(now, 3);
            HashKey key = HashKey.of(String.valueOf(i));
            streams.put(RAW, List.of(new OutgoingRecord(key, frame)));
        }
        book("validator", PARENT + "-" + frames, "acme", now, 3L * count);
        book("collector", "door-" + frames, "acme", now, 3L * count - 1);
        consumer.runUntilIdle();
        now = now.plus(HOUR);
    }

    private byte[] frame(Instant received, int events) {
        return ArchiveRig.frame(
                IntStream.range(0, events)
                        .mapToObj(
                                i ->
                                        ArchiveRig.event(
                                                "acme",
                                                "e-" + frames + "-" + i,
                                                received,
                                                "{\"event_type\":\"view\",\"user_id\":\"u-"
                                                        + frames
                                                        + "\"}"))
                        .toArray(SectionedEvent[]::new));
    }

    private void book(String stage, String shard, String tenant, Instant minute, long events) {
        books.put(
                List.of(
                        new BookPage(
                                stage,
                                shard,
                                minute.truncatedTo(ChronoUnit.MINUTES),
                                SequenceNumber.of("1"),
                                SequenceNumber.of("2"),
                                Map.of(
                                        tenant,
                                        new BookCounts(new Tally(events, events, 0, 0, 0), 0)))));
    }

    private VerifyReport verify() {
        return verify(TEN, now.plus(HOUR));
    }

    private VerifyReport verify(Map<ShardId, SequenceNumber> acknowledged) {
        return verify(TEN, now.plus(HOUR), acknowledged);
    }

    private VerifyReport verify(Instant from, Instant to) {
        return verify(from, to, checkpoints());
    }

    private VerifyReport verify(
            Instant from, Instant to, Map<ShardId, SequenceNumber> acknowledged) {
        return new ArchiveVerification(objects, () -> now)
                .run(
                        new VerifyScope(
                                from,
                                to,
                                books,
                                acknowledged,
                                Duration.ofDays(180),
                                Duration.ofMinutes(10)),
                        _ -> {});
    }

    private Map<ShardId, SequenceNumber> checkpoints() {
        Map<ShardId, SequenceNumber> checkpoints = new HashMap<>();
        for (int shard = 0; shard < 3; shard++) {
            ShardId id = new ShardId("shardId-00000000000" + shard);
            consumer.checkpoint(id).ifPresent(last -> checkpoints.put(id, last));
        }
        return checkpoints;
    }

    private List<ArchiveKey> keys() {
        try (Stream<ObjectSummary> listed = archive.list("raw/")) {
            return listed.map(object -> ArchiveKey.parse(object.key()))
                    .sorted(ArchiveKey.ORDER)
                    .toList();
        }
    }

    private Stream<String> names() {
        return objects.list("raw/").map(ObjectSummary::key);
    }
}
