package dev.sluice.loader.compact;

import static dev.sluice.loader.lake.LakeRows.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.lake.FileList;
import dev.sluice.loader.lake.LakeRows;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.loader.process.Row;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// What others do to an hour while it is compacted.
class CompactRaceTest {

    @TempDir Path folder;

    @Test
    void keepsAFileThatCameMeanwhile() {
        LakeWorld world = new LakeWorld(folder);
        world.load("a", row("e1", "p", 1));

        Compaction ended = during(world, () -> world.load("late", row("e2", "p", 2)));

        assertThat(ended).isInstanceOf(Compaction.Done.class);
        assertThat(world.events()).containsExactlyInAnyOrder("e1", "e2");
    }

    @Test
    void givesWayToAnErasure() {
        LakeWorld world = new LakeWorld(folder);
        world.load("a", row("e1", "ann", 1), row("e2", "ben", 2));

        Compaction ended = during(world, () -> erase(world, "ann"));

        assertThat(ended).isEqualTo(new Compaction.Outrun());
        assertThat(world.events()).containsExactly("e2");
        assertThat(world.parquetFiles()).hasSize(1);
        assertThat(world.compact()).isInstanceOf(Compaction.Done.class);
        assertThat(world.events()).containsExactly("e2");
    }

    @Test
    void oneOfTwoCompactionsWins() {
        LakeWorld world = new LakeWorld(folder);
        world.load("a", row("e1", "p", 1));
        world.load("b", row("e2", "p", 2));

        Compaction second = during(world, world::compact);

        assertThat(second).isEqualTo(new Compaction.Outrun());
        assertThat(world.events()).containsExactly("e1", "e2");
        assertThat(world.lists.read(LakeWorld.HOUR).files()).hasSize(1);
        assertThat(world.parquetFiles()).hasSize(3);
    }

    @Test
    void knowsThatItHasWonAfterALostAnswer() {
        LakeWorld world = new LakeWorld(folder);
        world.load("a", row("e1", "p", 1));
        during(world, () -> world.objects.faults().loseNextAnswer());
        assertThat(world.events()).containsExactly("e1");
        assertThat(world.compact()).isInstanceOf(Compaction.Done.class);
        assertThat(world.events()).containsExactly("e1");
    }

    /// Readers, two compactors, late files and erasures at once.
    @Test
    @Timeout(120)
    void aReaderFindsEachRowOnceWhateverTheOthersDo() throws Exception {
        LakeWorld world = new LakeWorld(folder, 20_000, 1 << 20);
        Set<String> loaded = ConcurrentHashMap.newKeySet();
        Set<String> erased = ConcurrentHashMap.newKeySet();
        Set<String> erasing = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                work.add(threads.submit(() -> until(over, world::compact)));
            }
            work.add(threads.submit(() -> until(over, () -> read(world, loaded, erasing, erased))));
            for (int i = 0; i < 40; i++) {
                Row[] rows = new Row[5];
                for (int j = 0; j < rows.length; j++) {
                    rows[j] = row("e" + i + "/" + j, "person-" + j + "-" + i / 10, j);
                }
                world.load("file-" + i, rows);
                for (Row each : rows) {
                    loaded.add(text(each, "event_id"));
                }
                if (i % 10 == 9) {
                    String person = "person-3-" + i / 10;
                    erasing.add(person);
                    erase(world, person);
                    erased.add(person);
                }
            }
            over.set(true);
            for (Future<?> each : work) {
                each.get();
            }
        }
        world.compact();
        assertThat(world.events()).doesNotHaveDuplicates().hasSize(40 * 5 - 40);
        assertThat(world.events()).noneMatch(id -> personOf(id).startsWith("person-3"));
    }

    /// One look at the lake: nothing twice, nothing missing, nobody who was erased before.
    private static void read(
            LakeWorld world, Set<String> loaded, Set<String> erasing, Set<String> erased) {
        Set<String> before = Set.copyOf(loaded);
        Set<String> gone = Set.copyOf(erased);
        List<String> events = new ArrayList<>();
        List<String> persons = new ArrayList<>();
        for (String key : world.lists.seenByAthena(LakeWorld.HOUR)) {
            List<LakeWorld.Found> file = world.read(key).orElse(null);
            if (file == null) {
                // An erasure deletes at once; a query under way fails and is asked again.
                return;
            }
            file.forEach(row -> events.add(row.eventId()));
            file.forEach(row -> persons.add(row.person()));
        }
        assertThat(events).doesNotHaveDuplicates();
        assertThat(persons).noneMatch(gone::contains);
        Set<String> erasable = Set.copyOf(erasing);
        assertThat(events)
                .containsAll(
                        before.stream().filter(id -> !erasable.contains(personOf(id))).toList());
    }

    private static String personOf(String eventId) {
        String[] parts = eventId.substring(1).split("/", -1);
        return "person-" + parts[1] + "-" + Integer.parseInt(parts[0]) / 10;
    }

    private interface Work {

        void run();
    }

    private static void until(AtomicBoolean over, Work work) {
        do {
            try {
                work.run();
            } catch (TransientFailure e) {
                // Others were first again and again.
            } catch (SetupFailure e) {
                // An erasure deleted a file that was about to be read.
                assertThat(e).hasMessageContaining("is gone");
            }
        } while (!over.get());
    }

    /// As an erasure does: each file with the person is written anew without, swapped, and deleted
    /// at once; when a file was replaced meanwhile, it looks again.
    private static void erase(LakeWorld world, String person) {
        boolean clean = false;
        while (!clean) {
            clean = true;
            for (ListedFile file : world.lists.read(LakeWorld.HOUR).files()) {
                List<LakeWorld.Found> rows = world.read(file.key()).orElse(null);
                if (rows == null) {
                    clean = false;
                } else if (rows.stream().anyMatch(row -> row.person().equals(person))) {
                    clean = false;
                    rewrite(world, file, rows, person);
                }
            }
        }
    }

    private static void rewrite(
            LakeWorld world, ListedFile file, List<LakeWorld.Found> rows, String person) {
        List<Row> left =
                rows.stream()
                        .filter(row -> !row.person().equals(person))
                        .map(row -> row(row.eventId(), row.person(), 1))
                        .toList();
        String name = "without-" + UUID.randomUUID();
        ListedFile clean =
                LakeRows.publish(world.objects, LakeWorld.HOUR, name, LakeRows.LAYOUT, left);
        Optional<FileList> swapped = Optional.empty();
        try {
            swapped =
                    world.lists.change(
                            LakeWorld.HOUR,
                            list ->
                                    list.swap(
                                            Set.of(file.key()),
                                            List.of(clean),
                                            world.clock.instant()));
        } catch (TransientFailure e) {
            // The next look says whether it took place.
        }
        world.objects.delete(swapped.isPresent() ? file.key() : clean.key());
    }

    /// Does something after the new files are written and before they are listed.
    private static Compaction during(LakeWorld world, Work work) {
        CompactPipeline pipeline =
                new CompactPipeline(world.lists, world.objects, world.limits, world.clock);
        try {
            return pipeline.compact(
                    LakeWorld.HOUR,
                    step -> {
                        if (step.endsWith("written")) {
                            work.run();
                        }
                    });
        } catch (TransientFailure lost) {
            return new Compaction.Outrun();
        }
    }

    private static String text(Row row, String column) {
        for (int i = 0; i < LakeRows.LAYOUT.columns().size(); i++) {
            if (LakeRows.LAYOUT.columns().get(i).name().equals(column)) {
                return new String((byte[]) row.values()[i], StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError(column);
    }
}
