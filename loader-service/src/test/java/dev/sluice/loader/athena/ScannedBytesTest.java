package dev.sluice.loader.athena;

import static dev.sluice.loader.lake.LakeRows.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.compact.CompactLimits;
import dev.sluice.loader.compact.CompactPipeline;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.LakeRows;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.loader.process.Row;
import dev.sluice.runtime.memory.MemoryObjectStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a query reads is what its hours hold of its columns: what Athena charges for.
class ScannedBytesTest {

    private static final int ROWS_AN_HOUR = 400;
    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");

    @TempDir Path folder;

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final FileLists lists = new FileLists(objects, objects);

    /// A day of 24 hours with four files each.
    @BeforeEach
    void fill() {
        for (int h = 0; h < 24; h++) {
            LakeHour hour = new LakeHour(MIDNIGHT.plus(h, ChronoUnit.HOURS));
            for (int f = 0; f < 4; f++) {
                int first = f * ROWS_AN_HOUR / 4;
                List<Row> rows =
                        IntStream.range(first, first + ROWS_AN_HOUR / 4)
                                .mapToObj(i -> event(hour, i))
                                .toList();
                ListedFile file = LakeRows.publish(objects, hour, "f" + f, LakeRows.LAYOUT, rows);
                lists.change(hour, list -> Optional.of(list.with(List.of(file))));
            }
        }
    }

    @Test
    void aQueryOfAnHourReadsATwentyFourthOfTheDay() throws Exception {
        try (AthenaStandIn athena = athena()) {
            long hour = bytes(athena, athena.files("dt=2026-11-21/hour=10"));
            long day = bytes(athena, athena.files("dt=2026-11-21"));
            assertThat(day / (double) hour).isBetween(22.0, 26.0);

            String plan =
                    String.join(
                            "\n",
                            athena.query(
                                    "EXPLAIN ANALYZE SELECT COUNT(DISTINCT person_id) FROM events"
                                            + " WHERE dt = '2026-11-21' AND hour = '10'"));
            assertThat(plan).contains("Total Files Read: 4");
        }
    }

    @Test
    void aQueryOfACompactedHourReadsOneFileWithFewerBytes() throws Exception {
        LakeHour hour = LakeRows.HOUR;
        long before;
        try (AthenaStandIn athena = athena()) {
            before = bytes(athena, athena.files(hour.path()));
        }
        new CompactPipeline(
                        lists,
                        objects,
                        CompactLimits.of(1 << 30, 1 << 20, folder),
                        InstantSource.system())
                .compact(hour, _ -> {});
        try (AthenaStandIn athena = athena()) {
            assertThat(athena.files(hour.path())).hasSize(1);
            assertThat(bytes(athena, athena.files(hour.path()))).isLessThan(before);
        }
    }

    private AthenaStandIn athena() throws SQLException {
        return new AthenaStandIn(objects, folder.resolve("athena"));
    }

    /// Of the columns that a count of people needs.
    private static long bytes(AthenaStandIn athena, List<Path> files) throws SQLException {
        String list =
                files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
        return Long.parseLong(
                athena.query(
                                "SELECT SUM(total_compressed_size) FROM parquet_metadata(["
                                        + list
                                        + "]) WHERE path_in_schema IN ('tenant_id', 'event_id',"
                                        + " 'person_id', 'received_ts', 'enriched_ts')")
                        .getFirst());
    }

    private static Row event(LakeHour hour, int i) {
        Instant at = hour.start().plusSeconds(i);
        return row(
                hour.start().getEpochSecond() + "-" + i,
                "person-" + i % 50,
                0,
                "event_ts",
                at,
                "received_ts",
                at.plusSeconds(1),
                "page_title",
                "Title " + i);
    }
}
