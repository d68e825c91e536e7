package dev.sluice.loader.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.loader.layout.Layouts;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What every [LoadQueue] does, whatever is behind it. What is added or removed shows within
/// seconds.
public abstract class LoadQueueKit {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-11-21T10:00:00.123456Z");

    /// An empty queue.
    protected abstract LoadQueue queue();

    @Test
    void givesFilesBackAsTheyWereOldestFirst() {
        LoadQueue queue = queue();
        queue.add(file("c", 3));
        queue.add(file("a", 1));
        queue.add(file("b", 2));

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(queue.oldest(10))
                                        .containsExactly(file("a", 1), file("b", 2), file("c", 3)));
        assertThat(queue.oldest(2)).containsExactly(file("a", 1), file("b", 2));
    }

    @Test
    void filesOfOneLaneDoNotHideThoseOfAnother() {
        LoadQueue queue = queue();
        queue.add(IntStream.range(0, 5).mapToObj(i -> late("late" + i, i)).toList());
        queue.add(
                IntStream.range(0, 3).mapToObj(i -> late(LoadFile.REPLAYED + i, 10 + i)).toList());
        queue.add(file("a", 6));
        queue.add(file("b", 7));

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(queue.oldest(2))
                                        .containsExactly(
                                                late("late0", 0),
                                                late("late1", 1),
                                                file("a", 6),
                                                file("b", 7),
                                                late(LoadFile.REPLAYED + "0", 10),
                                                late(LoadFile.REPLAYED + "1", 11)));
        assertThat(queue.depth()).isEqualTo(new QueueDepth(10, START, 0));
    }

    @Test
    void releasesALateFileAmongTheLateOnes() {
        LoadQueue queue = queue();
        queue.add(List.of(late("bad", 1), late("late", 2), file("a", 3)));
        queue.setAside(late("bad", 1), "no object");

        assertThat(queue.release("bad")).isTrue();

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(queue.oldest(1))
                                        .containsExactly(late("bad", 1), file("a", 3)));
    }

    @Test
    void keepsTheFirstOfTwoEntriesOfAFile() {
        LoadQueue queue = queue();
        queue.add(file("a", 1));
        queue.add(file("a", 7));

        await().atMost(SOON).until(() -> queue.depth().waiting() > 0);
        assertThat(queue.oldest(10)).containsExactly(file("a", 1));
    }

    @Test
    void takesManyFilesAtOnceAndLeavesThoseAsTheyAreThatItKnows() {
        LoadQueue queue = queue();
        queue.add(List.of(file("f3", 3), file("bad", 1)));
        queue.setAside(file("bad", 1), "no Parquet");
        List<LoadFile> files = IntStream.range(0, 230).mapToObj(i -> file("f" + i, i)).toList();

        queue.add(
                Stream.of(List.of(file("bad", 400), file("f3", 500)), files, List.of(file("f7", 9)))
                        .flatMap(List::stream)
                        .toList());
        queue.add(files);
        queue.add(List.of());

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(queue.oldest(1_000)).containsExactlyElementsOf(files));
        assertThat(queue.blocked(10)).extracting(each -> each.file().key()).containsExactly("bad");
    }

    @Test
    void forgetsWhatWasRemoved() {
        LoadQueue queue = queue();
        List<LoadFile> files = IntStream.range(0, 60).mapToObj(i -> file("f" + i, i)).toList();
        files.forEach(queue::add);

        queue.remove(files.subList(0, 55));
        queue.remove(files.subList(0, 55));

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(queue.oldest(100))
                                        .containsExactlyElementsOf(files.subList(55, 60)));
        assertThat(queue.depth()).isEqualTo(new QueueDepth(5, files.get(55).createdAt(), 0));
    }

    @Test
    void takesAFileAgainThatWasRemoved() {
        LoadQueue queue = queue();
        queue.add(file("a", 1));
        queue.remove(List.of(file("a", 1)));
        queue.add(file("a", 2));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(queue.oldest(10)).containsExactly(file("a", 2)));
    }

    @Test
    void hasAFileWhileItWaitsAndWhileItIsSetAside() {
        LoadQueue queue = queue();
        LoadFile file = file("a", 1);
        assertThat(queue.has(file.key())).isFalse();
        queue.add(file);
        assertThat(queue.has(file.key())).isTrue();
        queue.setAside(file, "why");
        assertThat(queue.has(file.key())).isTrue();
        queue.remove(List.of(file));
        assertThat(queue.has(file.key())).isFalse();
    }

    @Test
    void setsAFileAsideWithItsReasonAndGoesOnWithTheRest() {
        LoadQueue queue = queue();
        queue.add(file("bad", 1));
        queue.add(file("good", 2));

        queue.setAside(file("bad", 1), "no Parquet");
        queue.add(file("bad", 9));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(queue.oldest(10)).containsExactly(file("good", 2)));
        assertThat(queue.blocked(10))
                .singleElement()
                .satisfies(
                        blocked -> {
                            assertThat(blocked.file()).isEqualTo(file("bad", 1));
                            assertThat(blocked.why()).isEqualTo("no Parquet");
                        });
        assertThat(queue.depth()).isEqualTo(new QueueDepth(1, file("good", 2).createdAt(), 1));
    }

    @Test
    void doesNotBringBackAFileThatIsGone() {
        LoadQueue queue = queue();
        queue.add(file("a", 1));
        queue.remove(List.of(file("a", 1)));

        queue.setAside(file("a", 1), "too late");

        assertThat(queue.blocked(10)).isEmpty();
        assertThat(queue.release("a")).isFalse();
        assertThat(queue.oldest(10)).isEmpty();
    }

    @Test
    void releasesAFileToItsOldPlace() {
        LoadQueue queue = queue();
        queue.add(file("old", 1));
        queue.add(file("young", 2));
        queue.setAside(file("old", 1), "no object");

        assertThat(queue.release("old")).isTrue();
        assertThat(queue.release("old")).isFalse();

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(queue.oldest(10))
                                        .containsExactly(file("old", 1), file("young", 2)));
        assertThat(queue.blocked(10)).isEmpty();
    }

    @Test
    void removesAFileThatIsSetAside() {
        LoadQueue queue = queue();
        queue.add(file("a", 1));
        queue.setAside(file("a", 1), "no object");

        queue.remove(List.of(file("a", 1)));

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(queue.depth()).isEqualTo(new QueueDepth(0, null, 0)));
    }

    private static LoadFile late(String key, int second) {
        Instant happened = START.minus(Duration.ofHours(5));
        return new LoadFile(
                LoadTable.EVENTS,
                key,
                Layouts.BUNDLED,
                1,
                4_096,
                happened,
                happened,
                START.minusSeconds(2),
                START.minusSeconds(1),
                START.plusSeconds(second));
    }

    /// @param second after the start, when it was created
    static LoadFile file(String key, int second) {
        return new LoadFile(
                LoadTable.EVENTS,
                key,
                Layouts.BUNDLED,
                100,
                4_096,
                START.minusSeconds(60),
                START.minusSeconds(30),
                START.minusSeconds(2),
                START.minusSeconds(1),
                START.plusSeconds(second));
    }
}
