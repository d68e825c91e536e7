package dev.sluice.loader.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.loader.Fixtures;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryConsumer;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

class ArchiveReaderTest {

    private static final StreamName RAW = new StreamName("sluice-raw");
    private static final HashKey LOW = HashKey.MIN;
    private static final HashKey HIGH = HashKey.MAX;
    private static final HashKey MIDDLE = new HashKey(Long.MIN_VALUE, 0);

    private Instant now = Fixtures.RECEIVED;
    private final MemoryStreams streams = new MemoryStreams(() -> now, new EffectLog());
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final ArchiveReader archive = new ArchiveReader(objects);

    ArchiveReaderTest() {
        streams.create(RAW, 2);
        put(LOW, "ann", "d-1");
        put(HIGH, "bob", "d-2");
        put(LOW, "cy", "d-3");
        now = now.plus(Duration.ofHours(1));
        put(LOW, "ann", "d-4");
        archiveInto(objects);
    }

    @Test
    void theObjectsOfAPersonAreFoundWithoutReadingThem() {
        List<SubjectMatch> found =
                archive.holding(
                        "raw/",
                        Set.of(ArchiveRig.user("acme", "ann"), ArchiveRig.device("acme", "d-3")),
                        Set.of());

        assertThat(found).allMatch(SubjectMatch::certain);
        assertThat(found)
                .extracting(match -> match.key().hour().toString(), SubjectMatch::frames)
                .containsExactly(
                        tuple("2026-11-21T10:00:00Z", List.of(0, 1)),
                        tuple("2026-11-21T11:00:00Z", List.of(0)));
        assertThat(archive.holding("raw/", Set.of(ArchiveRig.user("shop", "ann")), Set.of()))
                .isEmpty();
    }

    @Test
    void objectsThatHaveNoneOfAPersonsHashesArePassedOver() {
        Set<SubjectKey> bob = Set.of(ArchiveRig.user("acme", "bob"));

        assertThat(archive.holding("raw/", bob, Set.of(hash("d-4")))).isEmpty();
        assertThat(archive.holding("raw/", bob, Set.of(hash("d-2")))).hasSize(1);
        assertThat(archive.holding("raw/", bob, Set.of(hash("d-4"), hash("d-2")))).hasSize(1);
    }

    /// The frame was made for the parent, of events of both halves, and put when there were two.
    @Test
    void aFrameThatWasPutWhileItsShardSplitIsFoundUnderEveryKeyItHas() {
        MemoryObjectStore split = new MemoryObjectStore();
        ArchiveReader reader = new ArchiveReader(split);
        String low = deviceBetween(LOW, MIDDLE);
        String high = deviceBetween(MIDDLE, HIGH);
        streams.put(
                RAW,
                List.of(
                        new OutgoingRecord(
                                hash(low),
                                ArchiveRig.frame(event("ann", low), event("bob", high)))));
        now = now.plusSeconds(1);
        archiveInto(split);
        ArchiveKey key =
                ArchiveKey.parse(
                        reader.list("raw/dt=2026-11-21/hour=11/").findFirst().orElseThrow().key());

        assertThat(Objects.requireNonNull(key.range()).contains(hash(high))).isFalse();
        assertThat(key.mayHold(hash(high))).isTrue();
        assertThat(key).isEqualTo(ArchiveKey.parse(key.toString()));
        for (HashKey each : List.of(hash(low), hash(high))) {
            assertThat(reader.holding("raw/", Set.of(ArchiveRig.user("acme", "bob")), Set.of(each)))
                    .extracting(SubjectMatch::key)
                    .contains(key);
        }
    }

    @Test
    void anObjectOfOneDeviceIsPassedOverForAllOthersThoughTheyShareItsShard() {
        ArchiveKey key = onlyOfHour("raw/dt=2026-11-21/hour=11/");

        assertThat(Objects.requireNonNull(key.range()).contains(hash("d-1")))
                .isEqualTo(hash("d-1").compareTo(MIDDLE) < 0);
        assertThat(key.mayHold(hash("d-4"))).isTrue();
        assertThat(List.of("d-1", "d-2", "d-3")).noneMatch(each -> key.mayHold(hash(each)));
    }

    @Test
    void anObjectFromBeforeNamesSaidSoMayHoldAnyKey() {
        ArchiveKey key = onlyOfHour("raw/dt=2026-11-21/hour=11/");
        ArchiveKey old =
                new ArchiveKey(key.hour(), key.range(), key.shard(), key.first(), key.last(), null);
        for (String name : List.of(key.toString(), key.sidecar())) {
            byte[] content = objects.read(name).orElseThrow();
            objects.delete(name);
            objects.write(name.equals(key.toString()) ? old.toString() : old.sidecar(), content);
        }

        assertThat(archive.holding("raw/", Set.of(ArchiveRig.user("acme", "ann")), Set.of(HIGH)))
                .extracting(SubjectMatch::key)
                .containsExactly(old);
    }

    @Test
    void whoReplaysSomeKeysReadsNoObjectOfOthers() {
        ShardHour hour = archive.hours(now, now.plusSeconds(1)).stream().findFirst().orElseThrow();
        HashRange own = hash("d-4").within(null);
        HashRange other = hash("d-1").within(null);

        assertThat(archive.frames(hour, own)).hasSize(1);
        objects.write(onlyOfHour("raw/dt=2026-11-21/hour=11/").toString(), new byte[] {1});
        assertThat(archive.frames(hour, other)).isEmpty();
        assertThatThrownBy(() -> archive.frames(hour, own).toList())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatNobodyCouldReadMayBeAnybodys() {
        streams.put(RAW, List.of(new OutgoingRecord(HIGH, new byte[] {1, 2, 3})));
        archiveInto(objects);
        ArchiveKey first = ArchiveKey.parse(archive.list("raw/").findFirst().orElseThrow().key());
        objects.delete(first.sidecar());

        List<SubjectMatch> found =
                archive.holding("raw/", Set.of(ArchiveRig.user("acme", "nobody")), Set.of());

        assertThat(found).hasSize(2).noneMatch(SubjectMatch::certain);
    }

    @Test
    void aDamagedSidecarIsNoticedWhereverItIs() {
        ArchiveKey key = ArchiveKey.parse(archive.list("raw/").findFirst().orElseThrow().key());
        byte[] good = objects.read(key.sidecar()).orElseThrow();

        assertThat(SidecarCodec.write(SidecarCodec.read(good))).isEqualTo(good);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            assertThatThrownBy(() -> SidecarCodec.read(bad))
                    .isInstanceOf(IllegalArgumentException.class);
            byte[] cut = Arrays.copyOf(good, at);
            assertThatThrownBy(() -> SidecarCodec.read(cut))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        objects.faults().damageNextReads(1);
        assertThatThrownBy(() -> archive.sidecar(key)).hasMessageContaining(key.sidecar());
    }

    @Test
    void aSidecarStaysSmallWhenTypesAreMadeUp() {
        ShardWindow window = new ShardWindow();
        for (int i = 0; i < 5_000; i++) {
            window.add(
                    new ArchivedFrame(SequenceNumber.of("" + (i + 1)), now, 1, new byte[1]),
                    new FrameContents(
                            true,
                            Map.of(new EventKind("acme", "type-" + i, 0), 1),
                            Set.of(),
                            null));
        }
        ArchiveSidecar sidecar = window.sidecar("00".repeat(32));

        Map<EventKind, Integer> kinds = new HashMap<>();
        sidecar.frames()
                .forEach(
                        frame -> frame.events().forEach((k, n) -> kinds.merge(k, n, Integer::sum)));
        assertThat(kinds).hasSize(1_001).containsEntry(new EventKind("acme", "", 0), 4_000);
        assertThat(sidecar.events()).isEqualTo(5_000);
    }

    @Test
    void hoursOfShardsAreWorkThatCanBeDoneApart() {
        List<ShardHour> hours =
                archive.hours(Fixtures.RECEIVED, Fixtures.RECEIVED.plus(Duration.ofHours(2)));

        assertThat(hours)
                .extracting(hour -> hour.hour() + " " + hour.shard() + " " + hour.objects())
                .containsExactly(
                        "2026-11-21T10:00:00Z shardId-000000000000 1",
                        "2026-11-21T10:00:00Z shardId-000000000001 1",
                        "2026-11-21T11:00:00Z shardId-000000000000 1");
        assertThat(hours.stream().map(hour -> archive.frames(hour).count()))
                .containsExactly(2L, 1L, 1L);
    }

    @Test
    void framesOfATimeAreThoseThatArrivedInIt() {
        Instant from = Fixtures.RECEIVED.plusSeconds(2);

        assertThat(archive.frames(from, from.plus(Duration.ofHours(1)), _ -> true)).hasSize(1);
        assertThat(archive.frames(from.minusSeconds(3), from, _ -> true)).hasSize(3);
        assertThat(archive.frames(from.minusSeconds(3), from, key -> key.mayHold(hash("d-2"))))
                .hasSize(1);
    }

    private void archiveInto(MemoryObjectStore target) {
        MemoryConsumer consumer =
                new MemoryConsumer(streams, RAW, ArchiveRig.shards(target, 1 << 20, () -> now));
        consumer.start();
        consumer.runUntilIdle();
        consumer.close();
    }

    private ArchiveKey onlyOfHour(String prefix) {
        return ArchiveKey.parse(archive.list(prefix).findFirst().orElseThrow().key());
    }

    private void put(HashKey hash, String user, String device) {
        streams.put(RAW, List.of(new OutgoingRecord(hash, ArchiveRig.frame(event(user, device)))));
    }

    private SectionedEvent event(String user, String device) {
        return ArchiveRig.event(
                "acme",
                "e-" + device,
                now,
                "{\"event_type\":\"view\",\"user_id\":\"%s\",\"anonymous_id\":\"%s\"}"
                        .formatted(user, device));
    }

    /// Of the key that the receipt of a device's event has.
    private static HashKey hash(String device) {
        return HashKey.of("acme/e-" + device);
    }

    private static String deviceBetween(HashKey from, HashKey to) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "device-" + i)
                .filter(device -> hash(device).compareTo(from) > 0)
                .filter(device -> hash(device).compareTo(to) < 0)
                .findFirst()
                .orElseThrow();
    }
}
