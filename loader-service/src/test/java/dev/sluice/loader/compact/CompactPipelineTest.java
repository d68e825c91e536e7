package dev.sluice.loader.compact;

import static dev.sluice.loader.lake.LakeRows.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.loader.StoredRow;
import dev.sluice.loader.lake.LakeRows;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.process.Row;
import dev.sluice.runtime.failure.SetupFailure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class CompactPipelineTest {

    private static final Instant RECEIVED = Instant.parse("2026-11-21T10:05:01Z");

    @TempDir Path folder;

    @Test
    void makesOneSortedFileOfMany() {
        LakeWorld world = new LakeWorld(folder);
        world.load("a", row("e4", "zoe", 3), row("e1", "ann", 9), row("e5", "zoe", 1));
        world.load("b", row("e2", "ann", 2));
        world.load("c", row("e3", "ben", 4));

        assertThat(world.compact())
                .isInstanceOfSatisfying(
                        Compaction.Done.class,
                        done -> {
                            assertThat(done.filesBefore()).isEqualTo(3);
                            assertThat(done.files()).isOne();
                            assertThat(done.rows()).isEqualTo(5);
                            assertThat(done.bytes()).isPositive();
                        });
        assertThat(world.events()).containsExactly("e2", "e1", "e3", "e5", "e4");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void everyValueIsAsItWas() throws Exception {
        LakeWorld world = new LakeWorld(folder, 1 << 30, 4096);
        List<String> before = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Row[] rows = new Row[20];
            for (int j = 0; j < rows.length; j++) {
                rows[j] = full("e" + i + "-" + j, "p" + j * 7 % 5, i * 10 + j % 10, j);
            }
            before.add(world.load("f" + i, rows).key());
        }
        List<Path> old = local(world, before);

        world.compact();

        List<Path> made = local(world, List.copyOf(world.lists.read(LakeWorld.HOUR).keys()));
        assertThat(count("FROM %s EXCEPT ALL FROM %s", old, made)).isZero();
        assertThat(count("FROM %s EXCEPT ALL FROM %s", made, old)).isZero();
        assertThat(count("FROM %s", made, made)).isEqualTo(100);
    }

    @Test
    void keepsOfAnEventTheFirstReceiptAndOfThatTheLastEnrichment() {
        LakeWorld world = new LakeWorld(folder, 1 << 30, 4096);
        world.load("first", row("e1", "p", 5, "page_title", "as received"), row("e2", "p", 6));
        world.load(
                "replayed",
                row(
                        "e1",
                        "q",
                        5,
                        "page_title",
                        "replayed",
                        "enriched_ts",
                        RECEIVED.plusSeconds(9)));
        world.load(
                "sent-again",
                row(
                        "e1",
                        "p",
                        5,
                        "page_title",
                        "sent again",
                        "received_ts",
                        RECEIVED.plusSeconds(30),
                        "enriched_ts",
                        RECEIVED.plusSeconds(31)));
        world.load("other-tenant", row("e1", "p", 5, "tenant_id", "beta", "page_title", "other"));

        Compaction.Done done = (Compaction.Done) world.compact();

        assertThat(done.rowsBefore() - done.rows()).isEqualTo(2);
        assertThat(world.texts("page_title")).containsExactlyInAnyOrder("replayed", "other", null);
    }

    @Test
    void ofEqualVersionsTheOneThatWasLoadedLastStays() {
        LakeWorld world = new LakeWorld(folder);
        world.load("z", row("e1", "p", 5, "page_title", "before"));
        world.compact();
        world.load("a", row("e1", "p", 5, "page_title", "after"));
        world.compact();
        assertThat(world.texts("page_title")).containsExactly("after");
    }

    @Test
    void joinsFilesOfDifferentColumns() {
        LakeWorld world = new LakeWorld(folder);
        List<Column> more = new ArrayList<>(LakeRows.LAYOUT.columns());
        more.add(
                7,
                new Column(
                        "shoe_size",
                        new ColumnType.Varchar(9),
                        true,
                        new ColumnSource.Warehouse()));
        FileLayout wide = new FileLayout(more);
        world.load("narrow", row("e1", "a", 1));
        Map<String, Object> values = new HashMap<>();
        for (String column : List.of("event_id", "tenant_id", "source_id", "event_type")) {
            values.put(column, "e2");
        }
        values.put("schema_version", "1-0-0");
        values.put("event_ts", RECEIVED);
        values.put("received_ts", RECEIVED);
        values.put("shoe_size", "44");
        ListedFile file =
                LakeRows.publish(
                        world.objects,
                        LakeWorld.HOUR,
                        "wide",
                        wide,
                        List.of(LakeRows.row(wide, values)));
        world.lists.change(LakeWorld.HOUR, list -> Optional.of(list.with(List.of(file))));

        world.compact();

        assertThat(world.events()).containsExactly("e1", "e2");
        assertThat(world.texts("shoe_size")).containsExactlyInAnyOrder(null, "44");
    }

    @Test
    void cutsFilesAtTheirSizeAndPersonsStayTogether() {
        LakeWorld world = new LakeWorld(folder, 40_000, 1 << 20);
        Row[] rows = new Row[3_000];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row("event-" + i * 7919 % 3000, "person-" + i % 30, i % 60);
        }
        world.load("all", rows);

        Compaction.Done done = (Compaction.Done) world.compact();

        assertThat(done.files()).isGreaterThan(2);
        assertThat(rowsOfFiles(world)).allMatch(count -> count > 3_000 / done.files() * 2 / 3);
        List<String> persons = new ArrayList<>();
        for (ListedFile file : world.lists.read(LakeWorld.HOUR).files()) {
            assertThat(file.compacted()).isTrue();
            byte[] parquet = world.objects.read(file.key()).orElseThrow();
            assertThat(StoredRow.read(parquet)).hasSize((int) file.rows());
            persons.addAll(StoredRow.texts(parquet, "person_id"));
        }
        assertThat(persons).isSorted().hasSize(3_000);
    }

    /// Not one of the right size and a small rest.
    @Test
    void makesTwoHalvesOfWhatIsALittleMoreThanAFile() {
        LakeWorld world = new LakeWorld(folder, 1_200_000, 1 << 20);
        Row[] rows = new Row[12_000];
        WideEvents events = new WideEvents(50, 10);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = events.row(i);
        }
        ListedFile all = world.load("all", rows);
        assertThat(world.objects.read(all.key()).orElseThrow().length)
                .isBetween(1_600_000, 2_200_000);

        world.compact();

        assertThat(rowsOfFiles(world)).hasSize(2).allMatch(count -> count > 4_500);
    }

    private static List<Long> rowsOfFiles(LakeWorld world) {
        return world.lists.read(LakeWorld.HOUR).files().stream().map(ListedFile::rows).toList();
    }

    @Test
    void refusesAFileWithOtherRowsThanTheLedgerHas() {
        LakeWorld world = new LakeWorld(folder);
        ListedFile file =
                LakeRows.publish(world.objects, LakeWorld.HOUR, "short", row("e1", "p", 1));
        ListedFile wrong = new ListedFile(file.key(), 2, LakeRows.LOADED, false);
        world.lists.change(LakeWorld.HOUR, list -> Optional.of(list.with(List.of(wrong))));
        assertThatThrownBy(world::compact)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining(file.key() + " has 1 rows, its hour's list says 2");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void namesAFileThatIsGone() {
        LakeWorld world = new LakeWorld(folder);
        ListedFile file = world.load("a", row("e1", "p", 1));
        world.objects.delete(file.key());
        assertThatThrownBy(world::compact)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining(file.key() + " is gone");
    }

    @Test
    void hasNothingToDoInAnEmptyHour() {
        assertThat(new LakeWorld(folder).compact()).isEqualTo(new Compaction.Empty());
    }

    /// A value in a column of each type, some missing.
    private static Row full(String id, String person, int minute, int i) {
        List<Object> more = new ArrayList<>(List.of("cart_item_count", i, "order_total", "1." + i));
        if (i % 3 != 0) {
            more.addAll(
                    List.of("is_bot", i % 2 == 0, "geo_latitude", 0.5 + i, "geo_asn", 1L << 40));
            more.addAll(List.of("properties", "{\"n\":" + i + "}", "page_title", "Zoë " + i));
        }
        return row(id, person, minute, more.toArray());
    }

    private List<Path> local(LakeWorld world, List<String> keys) throws Exception {
        List<Path> files = new ArrayList<>();
        for (String key : keys) {
            Path file = Files.createTempFile("lake", ".parquet");
            Files.write(file, world.objects.read(key).orElseThrow());
            file.toFile().deleteOnExit();
            files.add(file);
        }
        return files;
    }

    private static long count(String query, List<Path> one, List<Path> other) throws Exception {
        String sql = query.formatted(table(one), table(other));
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT count(*) FROM (" + sql + ") AS t")) {
            result.next();
            return result.getLong(1);
        }
    }

    private static String table(List<Path> files) {
        return "read_parquet(["
                + String.join(",", files.stream().map(file -> "'" + file + "'").toList())
                + "], union_by_name = true)";
    }
}
