package dev.sluice.loader.athena;

import static dev.sluice.loader.lake.LakeRows.HOUR;
import static dev.sluice.loader.lake.LakeRows.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.compact.CompactLimits;
import dev.sluice.loader.compact.CompactPipeline;
import dev.sluice.loader.compact.Compaction;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeRows;
import dev.sluice.loader.lake.ListFeed;
import dev.sluice.loader.lake.LoadedFiles;
import dev.sluice.loader.lake.RedshiftLoadedFiles;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.warehouse.LoadOutcome;
import dev.sluice.loader.warehouse.LocalWarehouse;
import dev.sluice.runtime.memory.MemoryObjectStore;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/// Live files, replays and copies in every order: the lake has the rows of the warehouse, and goes
/// on having them when it is compacted between.
class RestatedLakeIT {

    private static final Instant RECEIVED = HOUR.start().plusSeconds(61);
    private static final String LIVE = "curated/events/";
    private static final String REPLAY = "replayed/events/20261201-101500-3f2a/";
    private static final String OTHER_REPLAY = "replayed/events/20261101-000000-0000/";
    private static final String ROWS =
            "SELECT event_id, page_title, person_id, CAST(EXTRACT(EPOCH FROM received_ts) AS BIGINT),"
                    + " CAST(EXTRACT(EPOCH FROM enriched_ts) AS BIGINT) FROM events ORDER BY event_id";

    private static LocalWarehouse warehouse;
    private static int files;

    @TempDir Path folder;

    private final List<List<LoadFile>> loads = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) {
        warehouse = new LocalWarehouse(folder);
    }

    @AfterAll
    static void stop() {
        warehouse.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        warehouse.empty();
    }

    @Test
    void aReplayRestatesRowsThoughItsEnrichmentIsOlder() throws Exception {
        load(LIVE, live("a", "as it came"), live("b", "as it came"));
        load(REPLAY, replayed("a", "understood"));
        assertThat(titles()).containsExactly("understood", "as it came");
    }

    @Test
    void ofTwoReplaysTheOneThatIsLoadedLastStays() throws Exception {
        load(LIVE, live("a", "as it came"));
        load(REPLAY, replayed("a", "begun last, loaded first"));
        load(OTHER_REPLAY, replayed("a", "begun first, loaded last"));
        assertThat(titles()).containsExactly("begun first, loaded last");
    }

    @Test
    void aCopyThatTheSenderSentAgainChangesNothingAfterAReplay() throws Exception {
        load(LIVE, live("a", "as it came"));
        load(REPLAY, replayed("a", "understood"));
        load(LIVE, live("a", "sent again", "received_ts", RECEIVED.plusSeconds(30)));
        load(LIVE, live("a", "an older receipt, late", "received_ts", RECEIVED.minusSeconds(30)));
        assertThat(titles()).containsExactly("understood");
    }

    @Test
    void ofReceiptsThatCameInTheWrongOrderTheOneThatIsLoadedFirstStays() throws Exception {
        load(LIVE, live("a", "second", "received_ts", RECEIVED.plusSeconds(30)));
        load(LIVE, live("a", "first"));
        load(REPLAY, replayed("a", "the first, understood"));
        load(REPLAY, replayed("a", "the second, too", "received_ts", RECEIVED.plusSeconds(30)));
        assertThat(titles()).containsExactly("the second, too");
    }

    @Test
    void theSameReceiptFromTheStreamAfterAReplayIsTheLastWord() throws Exception {
        load(LIVE, live("a", "as it came"));
        load(REPLAY, replayed("a", "understood"));
        load(LIVE, live("a", "read from the stream again"));
        assertThat(titles()).containsExactly("read from the stream again");
    }

    @Test
    void ofRowsThatAreLoadedTogetherTheOneEnrichedLastStays() throws Exception {
        LoadFile live = publish(LIVE, live("a", "as it came"));
        LoadFile replayed = publish(REPLAY, replayed("a", "understood"));
        load(live, replayed);
        assertThat(titles()).containsExactly("as it came");
    }

    @Test
    void historyThatIsBroughtInIsThere() throws Exception {
        load("replayed/events/backfill-1/", live("a", "of old"));
        assertThat(titles()).containsExactly("of old");
    }

    private void load(String prefix, Row... rows) {
        load(publish(prefix, rows));
    }

    private void load(LoadFile... batch) {
        assertThat(warehouse.warehouse.load(warehouse.batch("b" + files, 1, batch)))
                .isInstanceOf(LoadOutcome.Loaded.class);
        loads.add(List.of(batch));
    }

    /// Names say nothing about what was loaded first.
    private static LoadFile publish(String prefix, Row... rows) {
        String key = "%s%s/%04d.parquet".formatted(prefix, HOUR.path(), 1000 - files++);
        return warehouse.publish(key, LakeRows.LAYOUT, rows);
    }

    private static Row live(String id, String title, Object... more) {
        return event(id, title, 2, more);
    }

    /// Enriched when the raw stream took it, which was before the enricher first did.
    private static Row replayed(String id, String title, Object... more) {
        return event(id, title, 1, more);
    }

    private static Row event(String id, String title, int enrichedAfter, Object... more) {
        List<Object> values = new ArrayList<>();
        values.addAll(List.of("page_title", title));
        values.addAll(List.of("received_ts", RECEIVED));
        values.addAll(List.of("enriched_ts", RECEIVED.plusSeconds(enrichedAfter)));
        values.addAll(List.of(more));
        return row(id, "person of " + title, 1, values.toArray());
    }

    /// The titles in the warehouse, by id, once the lake has been found to have the same rows: not
    /// compacted, compacted before the last load, and after each.
    private List<String> titles() throws SQLException {
        List<String> rows = warehouse.query(ROWS).lines().toList();
        int last = loads.size() - 1;
        for (IntPredicate compacted :
                List.<IntPredicate>of(_ -> false, load -> load == last - 1, _ -> true)) {
            assertThat(lake(compacted)).isEqualTo(rows);
        }
        return warehouse.query("SELECT page_title FROM events ORDER BY event_id").lines().toList();
    }

    /// The rows of a lake that was fed load by load.
    ///
    /// @param compacted whether a compaction follows a load
    private List<String> lake(IntPredicate compacted) throws SQLException {
        MemoryObjectStore objects = new MemoryObjectStore();
        loads.stream()
                .flatMap(List::stream)
                .map(LoadFile::key)
                .forEach(key -> objects.write(key, warehouse.objects.read(key).orElseThrow()));
        FileLists lists = new FileLists(objects, objects);
        CompactPipeline compaction =
                new CompactPipeline(
                        lists,
                        objects,
                        CompactLimits.of(1 << 30, 1 << 20, folder),
                        InstantSource.system());
        for (int load = 0; load < loads.size(); load++) {
            new ListFeed(loadedThrough(load), lists, objects).turn();
            if (compacted.test(load)) {
                assertThat(compaction.compact(HOUR, _ -> {})).isInstanceOf(Compaction.Done.class);
            }
        }
        try (AthenaStandIn athena = new AthenaStandIn(objects, folder)) {
            return athena.query(ROWS);
        }
    }

    private LoadedFiles loadedThrough(int load) {
        LoadedFiles ledger = new RedshiftLoadedFiles(warehouse.dataSource);
        Set<String> loaded =
                loads.subList(0, load + 1).stream()
                        .flatMap(List::stream)
                        .map(LoadFile::key)
                        .collect(Collectors.toSet());
        return (at, key, limit) ->
                ledger.after(at, key, limit).stream()
                        .filter(file -> loaded.contains(file.key()))
                        .toList();
    }
}
