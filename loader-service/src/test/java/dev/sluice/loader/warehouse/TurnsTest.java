package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a turn takes of a backlog; whose turn it is, `WarehousePipelineTest` tells.
class TurnsTest {

    private static final Instant NOW = Instant.parse("2026-07-15T10:00:00Z");

    private final Turns turns = new Turns(2_000);

    @Test
    void aBacklogOfLateFilesGoesInLargeTurns() {
        assertThat(lateFilesTaken(400)).isEqualTo(200);
    }

    @Test
    void aFewLateFilesDoNotHoldUpTheOthers() {
        assertThat(lateFilesTaken(100)).isEqualTo(64);
    }

    @Test
    void aTurnOfAReplayHasAQuarterOfTheRowsThatABatchMayHave() {
        List<LoadFile> files = List.of(replayed(1, 200), replayed(2, 300), replayed(3, 1));

        assertThat(turns.next(files)).containsExactly(files.get(0), files.get(1));
    }

    @Test
    void aReplayedFileThatIsLargerIsLoadedByItself() {
        List<LoadFile> files = List.of(replayed(1, 900), replayed(2, 1));

        assertThat(turns.next(files)).containsExactly(files.getFirst());
    }

    private int lateFilesTaken(int waiting) {
        List<LoadFile> files =
                Stream.concat(
                                Stream.of(file(0, Duration.ZERO)),
                                IntStream.rangeClosed(1, waiting)
                                        .mapToObj(i -> file(i, Duration.ofHours(3))))
                        .toList();
        assertThat(turns.next(files)).containsExactly(files.getFirst());
        return turns.next(files).size();
    }

    private static LoadFile replayed(int number, long rows) {
        return file(LoadFile.REPLAYED + number, number, rows, Duration.ZERO);
    }

    private static LoadFile file(int number, Duration late) {
        return file("file-" + number, number, 1, late);
    }

    private static LoadFile file(String key, int number, long rows, Duration late) {
        Instant happened = NOW.minus(late);
        return new LoadFile(
                LoadTable.EVENTS,
                key,
                "layout",
                rows,
                4_096,
                happened,
                happened,
                NOW,
                NOW,
                NOW.plusSeconds(number));
    }
}
