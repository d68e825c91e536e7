package dev.sluice.loader.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.MemoryObjectStore;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

class FileListsTest {

    private static final LakeHour HOUR = LakeRows.HOUR;
    private static final ListedFile A = new ListedFile("a", 1, HOUR.end(), false);
    private static final ListedFile BIG = ListedFile.compacted("big", 1);

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final FileLists lists = new FileLists(objects, objects);

    @Test
    void anHourThatNothingIsKnownOfIsEmpty() {
        assertThat(lists.read(HOUR)).isEqualTo(FileList.EMPTY);
        assertThat(lists.seenByAthena(HOUR)).isEmpty();
    }

    @Test
    void tellsAthenaOfEveryChange() {
        add(A);
        assertThat(new String(objects.read(symlink()).orElseThrow(), UTF_8))
                .isEqualTo("s3://memory/a\n");
        lists.change(HOUR, list -> list.swap(Set.of("a"), List.of(BIG), Instant.EPOCH));
        assertThat(lists.seenByAthena(HOUR)).containsExactly("big");
    }

    @Test
    void losesNoneOfManyChangesAtOnce() {
        IntStream.range(0, 16)
                .parallel()
                .forEach(i -> retrying(() -> addFrom(new FileLists(objects, objects), file(i))));
        assertThat(lists.read(HOUR).files()).hasSize(16);
        assertThat(lists.seenByAthena(HOUR)).isEqualTo(lists.read(HOUR).keys());
    }

    @Test
    void catchesUpWithAListThatAthenaWasNotToldOf() {
        add(A);
        FileList behind = lists.read(HOUR).with(List.of(BIG));
        objects.write("lake/events/files/" + HOUR.path() + "/files.json", behind.encode());
        lists.tellAthena(HOUR);
        assertThat(lists.seenByAthena(HOUR)).containsExactlyInAnyOrder("a", "big");
    }

    @Test
    void findsItsOwnChangeAfterALostAnswer() {
        add(A);
        objects.faults().loseNextAnswer();
        assertThatThrownBy(() -> swap()).isInstanceOf(TransientFailure.class);
        assertThat(swap()).isPresent();
        assertThat(lists.read(HOUR).files()).containsExactly(BIG);
        assertThat(lists.seenByAthena(HOUR)).containsExactly("big");
    }

    @Test
    void tellsAthenaWhenFilesWereLoadedThatReadersMayHave() {
        add(A);
        swap();
        assertThat(loads())
                .containsExactly("s3://memory/big\t0", "s3://memory/a\t1795258800000000");

        lists.change(HOUR, list -> Optional.of(list.withReplaced(ReplacedFile::gone)));
        assertThat(loads()).containsExactly("s3://memory/big\t0");
    }

    @Test
    void namesAListThatCannotBeRead() {
        objects.write("lake/events/files/" + HOUR.path() + "/files.json", new byte[] {'x'});
        assertThatThrownBy(() -> lists.read(HOUR))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("s3://memory/lake/events/files/dt=2026-11-21/hour=10");
    }

    private Optional<FileList> swap() {
        return lists.change(HOUR, list -> list.swap(Set.of("a"), List.of(BIG), Instant.EPOCH));
    }

    private void add(ListedFile file) {
        addFrom(lists, file);
    }

    private static void addFrom(FileLists writer, ListedFile file) {
        writer.change(HOUR, list -> Optional.of(list.with(List.of(file))));
    }

    private List<String> loads() {
        String key = "lake/events/loads/dt=2026-11-21/hour=10/loads.tsv";
        return new String(objects.read(key).orElseThrow(), UTF_8).lines().toList();
    }

    private static ListedFile file(int i) {
        return new ListedFile("file-" + i, 1, HOUR.end(), false);
    }

    /// Others may be first again and again.
    private static void retrying(Runnable work) {
        try {
            work.run();
        } catch (TransientFailure e) {
            retrying(work);
        }
    }

    private static String symlink() {
        return "lake/events/athena/dt=2026-11-21/hour=10/symlink.txt";
    }
}
