package dev.sluice.validator.process.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

/// The same random life of a shard for the ids and for a map with the rule written down plainly:
/// ids that come again or not, time that stands, runs or jumps, slices that are committed or not,
/// snapshots with changes, and restarts from them.
class SeenIdsModelTest {

    private static final int STEPS = 60_000;
    private static final int WINDOW = 600;
    private static final int MOST = 5_000;

    private final List<byte[]> snapshot = new ArrayList<>();
    private SeenIds ids = fresh();
    private Model model = new Model();
    private Model kept = new Model();
    private Model committed = new Model();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAMap(long seed) {
        Random random = new Random(seed);
        long now = 1_000_000;
        for (int step = 0; step < STEPS; step++) {
            now = random.nextInt(50) == 0 ? later(now, random) : now;
            EventKey key = key(random.nextInt(random.nextInt(20) == 0 ? 200 : 2 * MOST));
            assertThat(ids.add(key, 0, now))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(model.add(key, now));
            if (random.nextInt(100) == 0) {
                between(random);
            }
        }
        settle(true);
        assertThat(ids.size()).isEqualTo(model.seconds.size());
    }

    private static long later(long now, Random random) {
        return switch (random.nextInt(300)) {
            case 0 -> now + 10 * WINDOW;
            case 1 -> now - 5 * WINDOW;
            case 2 -> now + WINDOW;
            default -> now + random.nextInt(4) - 1;
        };
    }

    /// What happens between two slices.
    private void between(Random random) {
        settle(random.nextInt(4) != 0);
        switch (random.nextInt(6)) {
            case 0 -> write(true);
            case 1, 2 -> write(snapshot.isEmpty());
            case 3 -> restart();
            default -> {}
        }
    }

    private void settle(boolean durable) {
        if (durable) {
            ids.commit();
            committed = model.copy();
        } else {
            ids.rollback();
            model = committed.copy();
        }
    }

    private void write(boolean all) {
        if (all) {
            snapshot.clear();
        }
        snapshot.add(all ? Snapshots.all(ids) : Snapshots.changes(ids));
        ids.kept();
        kept = committed.copy();
    }

    private void restart() {
        ids = fresh();
        try {
            for (byte[] part : snapshot) {
                ids.read(Snapshots.input(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        model = kept.copy();
        committed = kept.copy();
    }

    private static SeenIds fresh() {
        return new SeenIds(Duration.ofSeconds(WINDOW), (long) MOST * SeenIds.BYTES_PER_ID, _ -> {});
    }

    /// Well mixed, as a digest is.
    private static EventKey key(int number) {
        Random random = new Random(number);
        return new EventKey(random.nextLong(), random.nextLong());
    }

    private static final class Model {
        private final SequencedMap<EventKey, Long> seconds = new LinkedHashMap<>();
        private long clock;

        boolean add(EventKey key, long arrival) {
            clock = Math.max(clock, arrival);
            while (!seconds.isEmpty() && seconds.firstEntry().getValue() + WINDOW <= clock) {
                seconds.pollFirstEntry();
            }
            if (seconds.putIfAbsent(key, clock) != null) {
                return false;
            }
            if (seconds.size() > MOST) {
                seconds.pollFirstEntry();
            }
            return true;
        }

        Model copy() {
            Model copy = new Model();
            copy.seconds.putAll(seconds);
            copy.clock = clock;
            return copy;
        }
    }
}
