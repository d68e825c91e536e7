package dev.sluice.loader.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;

class FileListTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ListedFile A = new ListedFile("a", 1, NOW, false);
    private static final ListedFile B = new ListedFile("b", 2, NOW, false);
    private static final ListedFile LATE = new ListedFile("late", 1, NOW, false);
    private static final ListedFile BIG = ListedFile.compacted("big", 3);

    @Test
    void addsAFileOnce() {
        FileList list = FileList.EMPTY.with(List.of(A, B));
        assertThat(list.files()).containsExactly(A, B);
        assertThat(list.with(List.of(A))).isSameAs(list);
    }

    @Test
    void swapsFilesAndKeepsWhatCameMeanwhile() {
        FileList list =
                FileList.EMPTY
                        .with(List.of(A, B, LATE))
                        .swap(Set.of("a", "b"), List.of(BIG), NOW)
                        .orElseThrow();
        assertThat(list.files()).containsExactly(BIG, LATE);
        assertThat(list.replaced())
                .containsExactly(
                        new ReplacedFile("a", NOW, NOW, false),
                        new ReplacedFile("b", NOW, NOW, false));
    }

    @Test
    void hasItsFilesInTheOrderOfLoadingWhateverTheOrderInWhichTheyShow() {
        ListedFile early = new ListedFile("early", 1, NOW.minusSeconds(1), false);
        assertThat(FileList.EMPTY.with(List.of(A, B)).with(List.of(early)).files())
                .containsExactly(early, A, B);
    }

    @Test
    void neverAddsAFileAgainThatWasReplaced() {
        FileList list =
                FileList.EMPTY
                        .with(List.of(A))
                        .swap(Set.of("a"), List.of(BIG), NOW)
                        .orElseThrow()
                        .withReplaced(ReplacedFile::gone);
        assertThat(list.with(List.of(A))).isSameAs(list);
    }

    @Test
    void refusesToSwapWhatSomebodyElseHasReplaced() {
        FileList list =
                FileList.EMPTY
                        .with(List.of(A, B))
                        .swap(Set.of("a"), List.of(new ListedFile("a2", 1, NOW, false)), NOW)
                        .orElseThrow();
        assertThat(list.swap(Set.of("a", "b"), List.of(BIG), NOW)).isEmpty();
    }

    @Test
    void knowsASwapThatIsDone() {
        FileList list =
                FileList.EMPTY.with(List.of(A)).swap(Set.of("a"), List.of(BIG), NOW).orElseThrow();
        assertThat(list.swap(Set.of("a"), List.of(BIG), NOW)).containsSame(list);
    }

    @Test
    void readsBackWhatItWrote() {
        FileList list =
                FileList.EMPTY
                        .with(List.of(A, B))
                        .swap(Set.of("a"), List.of(BIG), NOW)
                        .orElseThrow();
        assertThat(FileList.decode(list.encode())).isEqualTo(list);
        assertThatThrownBy(() -> FileList.decode("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsTheHourInAKey() {
        LakeHour hour = LakeHour.of("curated/events/dt=2026-11-21/hour=10/x.parquet").orElseThrow();
        assertThat(hour.start()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(hour.path()).isEqualTo("dt=2026-11-21/hour=10");
        assertThat(LakeHour.of("curated/events/dt=2026-11-21/x.parquet")).isEmpty();
        assertThat(LakeHour.of("curated/events/dt=2026-13-21/hour=10/x")).isEmpty();
        assertThat(LakeHour.of("curated/events/dt=2026-11-21/hour=24/x")).isEmpty();
    }
}
