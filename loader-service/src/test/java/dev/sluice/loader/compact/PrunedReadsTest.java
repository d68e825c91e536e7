package dev.sluice.loader.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.process.Row;

import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/// What of a compacted file is read for one person, such as for an erasure or an export.
class PrunedReadsTest {

    private static final int FILES = 4;
    private static final int ROWS_A_FILE = 10_000;
    private static final int PERSONS = 4_000;
    private static final String PERSON = "person-1234";

    @TempDir static Path folder;

    private static byte[] file;

    /// Row groups are small, so that the file has several.
    @BeforeAll
    static void compact() {
        LakeWorld world = new LakeWorld(folder, 1 << 30, 64 << 20, 3 << 20);
        WideEvents events = new WideEvents(PERSONS, 100);
        for (int f = 0; f < FILES; f++) {
            Row[] rows = new Row[ROWS_A_FILE];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = events.row(f * ROWS_A_FILE + i);
            }
            world.load("f" + f, rows);
        }
        world.compact();
        String key = world.lists.read(LakeWorld.HOUR).files().getFirst().key();
        file = world.objects.read(key).orElseThrow();
    }

    @Test
    void eachColumnOfTheOrderHasItsLeastAndGreatestValueForEachPage() throws Exception {
        try (ParquetFileReader reader = open(new CountedFile(file), FilterCompat.NOOP)) {
            assertThat(reader.getRowGroups()).hasSizeGreaterThan(3);
            for (BlockMetaData group : reader.getRowGroups()) {
                for (ColumnChunkMetaData column : group.getColumns()) {
                    if (List.of("tenant_id", "person_id", "event_ts")
                            .contains(column.getPath().toDotString())) {
                        assertThat(reader.readColumnIndex(column).getMinValues()).isNotEmpty();
                        assertThat(reader.readOffsetIndex(column).getPageCount()).isPositive();
                        assertThat(column.getStatistics().hasNonNullValue()).isTrue();
                    }
                }
            }
        }
    }

    /// One page of rows in each column, and the indexes: 2,000 rows of 40,000.
    @Test
    void ofOnePersonAFewPagesAreRead() throws Exception {
        long all = read(FilterCompat.NOOP).bytes();

        Found one = read(FilterCompat.get(person()));
        assertThat(one.rows()).isBetween(1L, 4_000L);
        assertThat((double) one.bytes() / all).isLessThan(0.08);
    }

    /// DuckDB, like Redshift Spectrum, knows row groups and no pages.
    @Test
    void byTheStatisticsOfRowGroupsDuckHasToReadOneOrTwo() throws Exception {
        Path local = folder.resolve("compacted.parquet");
        Files.write(local, file);
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet groups =
                        statement.executeQuery(
                                ("SELECT count(*) FILTER (stats_min_value <= '%1$s' AND"
                                                + " stats_max_value >= '%1$s'), count(*) FROM"
                                                + " parquet_metadata('%2$s') WHERE path_in_schema ="
                                                + " 'person_id'")
                                        .formatted(PERSON, local))) {
            groups.next();
            assertThat(groups.getLong(1)).isBetween(1L, 2L);
            assertThat(groups.getLong(2)).isGreaterThan(4);
        }
    }

    private static FilterPredicate person() {
        return FilterApi.and(
                FilterApi.eq(FilterApi.binaryColumn("tenant_id"), Binary.fromString("acme")),
                FilterApi.eq(FilterApi.binaryColumn("person_id"), Binary.fromString(PERSON)));
    }

    private record Found(long bytes, long rows) {}

    /// As a reader of all columns does, which looks at the indexes of pages first.
    private static Found read(FilterCompat.Filter filter) throws Exception {
        CountedFile counted = new CountedFile(file);
        long rows = 0;
        try (ParquetFileReader reader = open(counted, filter)) {
            for (var pages = reader.readNextFilteredRowGroup();
                    pages != null;
                    pages = reader.readNextFilteredRowGroup()) {
                rows += pages.getRowCount();
            }
        }
        return new Found(counted.bytesRead(), rows);
    }

    private static ParquetFileReader open(CountedFile counted, FilterCompat.Filter filter)
            throws Exception {
        return ParquetFileReader.open(
                counted,
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withRecordFilter(filter)
                        .useColumnIndexFilter(true)
                        .useStatsFilter(true)
                        .build());
    }
}
