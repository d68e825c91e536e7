package dev.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class LakeAuditTest {

    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final String NOON = "12:00:00";

    @TempDir Path bucket;

    private final MemoryObjectStore objects =
            new MemoryObjectStore("bucket", () -> TEN, new EffectLog());
    private final FileLists lists = new FileLists(objects, objects);

    @Test
    void anEventInSeveralFilesOfAnHourIsShownOnce() throws Exception {
        list("compacted/events", 10, true, row("a", NOON), row("b", NOON));
        list("replayed/events/r-1", 10, false, row("a", NOON));
        list("curated/events", 10, false, row("c", NOON));

        LakeAudit.Contents contents = read("a", "b", "c");

        assertThat(contents.findings(Set.of("a", "b", "c"))).allMatch(Finding::holds);
        assertThat(contents.shown()).containsOnlyKeys("a", "b", "c");
        assertThat(contents.note()).isEqualTo("lake: 3 files listed, 1 of them compacted");
    }

    @Test
    void oneReceiptInTwoHoursIsShownTwiceAndTwoReceiptsAreTwo() throws Exception {
        list("curated/events", 10, false, row("a", NOON), row("b", NOON));
        list("curated/events", 11, false, row("a", NOON), row("b", "12:00:05"));

        assertThat(read("a", "b").twice()).containsExactly("a");
    }

    @Test
    void whatNoFileHasIsMissedAndNothingCompactedIsNoProof() throws Exception {
        list("curated/events", 10, false, row("a", NOON));

        LakeAudit.Contents contents =
                new LakeAudit(lists, bucket, Duration.ZERO).read(Set.of("a", "lost"));

        assertThat(contents.findings(Set.of("a", "lost")))
                .filteredOn(finding -> !finding.holds())
                .extracting(Finding::examples)
                .containsExactly(List.of("lost"), List.of("no file is a compacted one"));
    }

    @Test
    void anEventThatACompactionLeftTwiceIsFoundThoughItIsShownOnce() throws Exception {
        list("compacted/events/1", 10, true, row("a", NOON));
        list("compacted/events/2", 10, true, row("a", NOON));

        LakeAudit.Contents contents = read("a");

        assertThat(contents.twice()).isEmpty();
        assertThat(contents.compactedTwice()).containsExactly("a");
    }

    private LakeAudit.Contents read(String... loaded) throws Exception {
        return new LakeAudit(lists, bucket, Duration.ZERO).read(Set.of(loaded));
    }

    private static String row(String event, String received) {
        return "('demo', '%s', TIMESTAMP '2026-11-21 %s', TIMESTAMP '2026-11-21 13:00:00')"
                .formatted(event, received);
    }

    private void list(String prefix, int hour, boolean compacted, String... rows) throws Exception {
        LakeHour of = new LakeHour(TEN.plus(Duration.ofHours(hour - 10)));
        String key = prefix + "/" + of.path() + "/file.parquet";
        Path file = bucket.resolve(key);
        Files.createDirectories(file.getParent());
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "COPY (SELECT * FROM (VALUES %s) AS t(tenant_id, event_id, received_ts, enriched_ts)) TO '%s' (FORMAT PARQUET)"
                            .formatted(String.join(", ", rows), file));
        }
        ListedFile listed = new ListedFile(key, rows.length, Instant.EPOCH, compacted);
        assertThat(lists.change(of, list -> Optional.of(list.with(List.of(listed))))).isPresent();
    }
}
