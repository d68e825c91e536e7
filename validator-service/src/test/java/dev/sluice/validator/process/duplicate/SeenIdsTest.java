package dev.sluice.validator.process.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;

class SeenIdsTest {

    private static final Duration WINDOW = Duration.ofMinutes(60);
    private static final long NOON = 1_800_000_000L;
    private static final long HOUR = 3600;
    private static final long ROOM = 1 << 20;
    private static final HashRange LOWER =
            new HashRange(HashKey.MIN, new HashKey(Long.MAX_VALUE, -1));
    private static final HashRange UPPER =
            new HashRange(new HashKey(Long.MIN_VALUE, 0), HashKey.MAX);

    private final EventKeys keys = new EventKeys();
    private long evicted;
    private final SeenIds seen = seen(ROOM);

    @Test
    void seesAnIdForTheWindowAndNotASecondLonger() {
        assertThat(add("a", NOON)).isTrue();
        assertThat(add("a", NOON + HOUR - 1)).isFalse();
        assertThat(add("a", NOON + HOUR)).isTrue();
    }

    @Test
    void countsTheWindowFromTheCopyThatWentThrough() {
        add("a", NOON);
        add("a", NOON + HOUR - 1);
        seen.commit();

        assertThat(add("a", NOON + HOUR)).isTrue();
    }

    @Test
    void tellsTenantsApart() {
        EventKey one = keys.of(new TenantId("ab"), new EventId("c"));
        EventKey other = keys.of(new TenantId("a"), new EventId("bc"));

        assertThat(seen.add(one, 0, NOON)).isTrue();
        assertThat(seen.add(other, 0, NOON)).isTrue();
        assertThat(seen.add(one, 0, NOON)).isFalse();
    }

    @Test
    void forgetsWhatWasNotCommitted() {
        add("old", NOON);
        seen.commit();
        add("new", NOON + 2 * HOUR);
        seen.rollback();

        assertThat(add("old", NOON + 1)).isFalse();
        assertThat(add("new", NOON + 1)).isTrue();
    }

    @Test
    void writesOnlyWhatIsCommitted() throws IOException {
        add("old", NOON);
        seen.commit();
        add("new", NOON);

        SeenIds restored = restored(Snapshots.all(seen));

        assertThat(add(restored, "old", NOON)).isFalse();
        assertThat(add(restored, "new", NOON)).isTrue();
    }

    @Test
    void writesAsChangesWhatCameSinceTheLastWasKept() throws IOException {
        add("a", NOON);
        seen.commit();
        byte[] base = Snapshots.all(seen);
        seen.kept();
        add("b", NOON + 1);
        seen.commit();
        byte[] lost = Snapshots.changes(seen);
        add("c", NOON + 2);
        seen.commit();
        byte[] changes = Snapshots.changes(seen);
        seen.kept();

        SeenIds restored = restored(base, changes);

        assertThat(changes.length).isGreaterThan(lost.length);
        assertThat(restored.size()).isEqualTo(3);
        assertThat(add(restored, "b", NOON + HOUR)).isFalse();
        assertThat(Snapshots.changes(seen).length).isLessThan(lost.length);
    }

    @Test
    void forgetsTheOldestFirstAndCountsThemWhenItIsFull() {
        SeenIds small = seen(2 * SeenIds.BYTES_PER_ID);
        add(small, "a", NOON);
        add(small, "b", NOON);
        add(small, "c", NOON);
        small.commit();

        assertThat(small.size()).isEqualTo(2);
        assertThat(evicted).isEqualTo(1);
        assertThat(add(small, "b", NOON)).isFalse();
        assertThat(add(small, "a", NOON)).isTrue();
    }

    @Test
    void countsWhatIsForgottenEarlyOnceItIsForGood() throws IOException {
        SeenIds small = seen(SeenIds.BYTES_PER_ID);
        add(small, "a", NOON);
        small.commit();
        add(small, "b", NOON);
        small.rollback();
        assertThat(evicted).isZero();
        assertThat(add(small, "a", NOON)).isFalse();

        byte[] base = Snapshots.all(small);
        small.kept();
        add(small, "b", NOON);
        small.commit();
        assertThat(evicted).isEqualTo(1);

        SeenIds restored = seen(SeenIds.BYTES_PER_ID);
        restored.read(Snapshots.input(base));
        restored.read(Snapshots.input(Snapshots.changes(small)));
        assertThat(evicted).as("counted by the one that wrote it").isEqualTo(1);
    }

    @Test
    void evictsTheSameHoweverEventsAreCut() {
        SeenIds small = seen(2 * SeenIds.BYTES_PER_ID);
        SeenIds other = seen(2 * SeenIds.BYTES_PER_ID);
        for (String id : "abcaacbbabcbca".split("")) {
            assertThat(add(small, id, NOON)).isEqualTo(add(other, id, NOON));
            small.commit();
        }
        long bySingleEvents = evicted;
        other.commit();

        assertThat(evicted).isEqualTo(2 * bySingleEvents).isPositive();
    }

    @Test
    void remembersThroughAClockThatJumpsAheadAndBack() {
        add("before", NOON);
        assertThat(add("ahead", NOON + 5 * HOUR)).isTrue();

        assertThat(add("before", NOON + 1)).as("five hours ago by the clock").isTrue();
        assertThat(add("back", NOON + 2)).isTrue();
        assertThat(add("back", NOON + HOUR)).isFalse();
        assertThat(add("ahead", NOON + HOUR)).isFalse();
        assertThat(add("back", NOON + 6 * HOUR)).isTrue();
    }

    @Test
    void cutsWhatAParentSawToTheRangeOfAChild() throws IOException {
        seen.add(key("low"), 0x7FFF_FFFF, NOON);
        seen.add(key("high"), 0x8000_0000, NOON);
        seen.commit();
        byte[] parent = Snapshots.all(seen);

        SeenIds lower = seen(ROOM);
        lower.inherit(Snapshots.input(parent), LOWER);
        SeenIds upper = seen(ROOM);
        upper.inherit(Snapshots.input(parent), UPPER);

        assertThat(add(lower, "low", NOON)).isFalse();
        assertThat(add(lower, "high", NOON)).isTrue();
        assertThat(add(upper, "high", NOON)).isFalse();
        assertThat(add(upper, "low", NOON)).isTrue();
    }

    @Test
    void keepsWhatLiesOnTheEdgeOfARangeForBothChildren() throws IOException {
        HashKey edge = new HashKey(0x7FFF_FFFF_8000_0000L, 0);
        seen.add(key("edge"), 0x7FFF_FFFF, NOON);
        seen.commit();

        SeenIds lower = seen(ROOM);
        lower.inherit(Snapshots.input(Snapshots.all(seen)), new HashRange(HashKey.MIN, edge));
        SeenIds upper = seen(ROOM);
        upper.inherit(Snapshots.input(Snapshots.all(seen)), new HashRange(edge, HashKey.MAX));

        assertThat(add(lower, "edge", NOON)).isFalse();
        assertThat(add(upper, "edge", NOON)).isFalse();
    }

    @Test
    void mergesParentsInTheOrderOfArrival() throws IOException {
        SeenIds one = seen(ROOM);
        add(one, "a", NOON);
        add(one, "c", NOON + 20);
        one.commit();
        byte[] base = Snapshots.all(one);
        one.kept();
        add(one, "e", NOON + 40);
        one.commit();
        SeenIds two = seen(ROOM);
        add(two, "b", NOON + 10);
        add(two, "d", NOON + 30);
        two.commit();

        SeenIds child = seen(ROOM);
        child.inherit(Snapshots.input(base), HashRange.ALL);
        child.inherit(Snapshots.input(Snapshots.changes(one)), HashRange.ALL);
        child.inherit(Snapshots.input(Snapshots.all(two)), HashRange.ALL);

        assertThat(add(child, "a", NOON + HOUR)).isTrue();
        assertThat(add(child, "b", NOON + HOUR)).isFalse();
        assertThat(add(child, "b", NOON + HOUR + 10)).isTrue();
        assertThat(add(child, "c", NOON + HOUR + 10)).isFalse();
        assertThat(add(child, "d", NOON + HOUR + 30)).isTrue();
        assertThat(add(child, "e", NOON + HOUR + 39)).isFalse();
        assertThat(add(child, "e", NOON + HOUR + 40)).isTrue();
    }

    @Test
    void startsAgainFromNothingOnceCleared() throws IOException {
        add("a", NOON);
        seen.commit();
        seen.kept();
        seen.clear();

        assertThat(seen.size()).isZero();
        assertThat(add("a", NOON)).isTrue();
        seen.commit();
        assertThat(add(restored(Snapshots.changes(seen)), "a", NOON)).isFalse();
    }

    @Test
    void refusesWhatALaterVersionWrote() {
        byte[] written = Snapshots.all(seen);
        written[0]++;

        assertThatThrownBy(() -> seen.read(Snapshots.input(written)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void refusesRoomForNothing() {
        assertThatThrownBy(() -> seen(SeenIds.BYTES_PER_ID - 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SeenIds(Duration.ofMillis(999), ROOM, _ -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private boolean add(String id, long second) {
        return add(seen, id, second);
    }

    private boolean add(SeenIds ids, String id, long second) {
        return ids.add(key(id), 0, second);
    }

    private EventKey key(String id) {
        return keys.of(new TenantId("shop"), new EventId(id));
    }

    private SeenIds seen(long bytes) {
        return new SeenIds(WINDOW, bytes, ids -> evicted += ids);
    }

    private SeenIds restored(byte[]... written) throws IOException {
        SeenIds restored = seen(ROOM);
        for (byte[] part : written) {
            restored.read(Snapshots.input(part));
        }
        return restored;
    }
}
