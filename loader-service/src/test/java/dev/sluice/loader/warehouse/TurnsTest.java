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

    private final Turns turns = new Turns();

    @Test
    void aBacklogOfLateFilesGoesInLargeTurns() {
        assertThat(lateFilesTaken(400)).isEqualTo(200);
    }

    @Test
    void aFewLateFilesDoNotHoldUpTheOthers() {
        assertThat(lateFilesTaken(100)).isEqualTo(64);
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

    private static LoadFile file(int number, Duration late) {
        Instant happened = NOW.minus(late);
        return new LoadFile(
                LoadTable.EVENTS,
                "file-" + number,
                "layout",
                1,
                4_096,
                happened,
                happened,
                NOW,
                NOW,
                NOW.plusSeconds(number));
    }
}
