package dev.sluice.loader.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.memory.MemoryObjectStore;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Set;

class ListFeedTest {

    private static final Instant LOADED = Instant.parse("2026-11-21T11:00:00Z");

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final MemoryLoadedFiles ledger = new MemoryLoadedFiles();
    private final FileLists lists = new FileLists(objects, objects);
    private final ListFeed feed = new ListFeed(ledger, lists, objects);

    @Test
    void listsAFileInItsHourOnceItIsLoaded() {
        ListedFile late = file("dt=2026-11-20/hour=23/late");
        ListedFile onTime = file("dt=2026-11-21/hour=10/on-time");
        feed.turn();
        assertThat(lists.all()).isEmpty();

        ledger.load(late, LOADED);
        ledger.load(onTime, LOADED);
        feed.turn();

        assertThat(lists.read(LakeRows.HOUR).files()).containsExactly(onTime);
        assertThat(lists.read(hour("2026-11-20T23:00:00Z")).files()).containsExactly(late);
        assertThat(lists.seenByAthena(LakeRows.HOUR)).containsExactly(onTime.key());
    }

    @Test
    void listsAReplayedFileInTheHourOfItsRows() {
        ListedFile replayed =
                new ListedFile("replayed/events/r-1/dt=2026-11-21/hour=10/r", 7, LOADED, false);
        ledger.load(replayed, LOADED);
        feed.turn();
        assertThat(lists.read(LakeRows.HOUR).files()).containsExactly(replayed);
    }

    @Test
    void findsAFileThatShowsLateInTheLedger() {
        ledger.load(file("dt=2026-11-21/hour=10/b"), LOADED);
        feed.turn();
        ledger.load(file("dt=2026-11-21/hour=10/a"), LOADED.minusSeconds(60));
        feed.turn();
        assertThat(lists.read(LakeRows.HOUR).files()).hasSize(2);
    }

    @Test
    void bringsNoReplacedFileBackWhenItStartsAnew() {
        ListedFile file = file("dt=2026-11-21/hour=10/a");
        ledger.load(file, LOADED);
        feed.turn();
        ListedFile big = ListedFile.compacted("big", 1);
        lists.change(LakeRows.HOUR, list -> list.swap(Set.of(file.key()), List.of(big), LOADED));
        objects.delete(ListFeed.POSITION);

        new ListFeed(ledger, lists, objects).turn();

        assertThat(lists.read(LakeRows.HOUR).files()).containsExactly(big);
    }

    @Test
    void readsLongLedgersInPages() {
        for (int i = 0; i < 12_000; i++) {
            ledger.load(file("dt=2026-11-21/hour=10/" + i), LOADED.plusSeconds(i / 3000));
        }
        assertThat(feed.turn()).isEqualTo(12_000);
        assertThat(lists.read(LakeRows.HOUR).files()).hasSize(12_000);
    }

    private static ListedFile file(String name) {
        return new ListedFile("curated/events/" + name, 7, LOADED, false);
    }

    private static LakeHour hour(String start) {
        return new LakeHour(Instant.parse(start));
    }
}
