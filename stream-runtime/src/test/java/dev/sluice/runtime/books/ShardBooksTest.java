package dev.sluice.runtime.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.state.StatePart;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class ShardBooksTest {

    private static final ShardId SHARD = new ShardId("shardId-000000000001");
    private static final Instant TEN = Instant.parse("2026-11-25T10:00:00Z");

    private final MemoryBooks store = new MemoryBooks();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BooksWriter writer = new BooksWriter("validator", store, meters);
    private final ShardBooks books = new ShardBooks(SHARD, writer, 2, 3);

    @Test
    void countsByMinuteAndTenant() {
        BookEntries entries = new BookEntries();
        entries.published(at(7), TEN.plusMillis(59_999), "shop");
        entries.rejected(at(7), TEN, "shop");
        entries.duplicate(at(8), TEN, "shop");
        entries.suppressed(at(8), TEN, "bar");
        entries.replayed(at(8), TEN, "bar");
        entries.published(at(9), TEN.plusSeconds(60), "shop");
        books.add(entries);

        assertThat(books.flush()).isTrue();

        assertThat(entries.total()).isEqualTo(counts(5, 2, 1, 1, 1, 1));
        assertThat(store.all())
                .containsExactly(
                        new BookPage(
                                "validator",
                                SHARD.value(),
                                TEN,
                                at(7),
                                at(8),
                                Map.of(
                                        "shop", counts(3, 1, 1, 1, 0, 0),
                                        "bar", counts(1, 0, 0, 0, 1, 1))),
                        new BookPage(
                                "validator",
                                SHARD.value(),
                                TEN.plusSeconds(60),
                                at(9),
                                at(9),
                                Map.of("shop", counts(1, 1, 0, 0, 0, 0))));
    }

    @Test
    void putsOnlyWhatChanged() {
        books.add(published(1, TEN));
        books.flush();
        books.add(published(2, TEN.plusSeconds(60)));
        store.failAfter(1);

        assertThat(books.flush()).isTrue();
    }

    @Test
    void aPageThatIsClosedAndNeededAgainIsAnother() {
        for (int record = 1; record <= 3; record++) {
            books.add(published(record, TEN.plusSeconds(60L * record)));
            books.flush();
        }
        books.add(published(4, TEN.plusSeconds(60)));
        books.flush();

        assertThat(store.all())
                .filteredOn(page -> page.minute().equals(TEN.plusSeconds(60)))
                .extracting(BookPage::from)
                .containsExactly(at(1), at(4));
    }

    @Test
    void bearsClocksThatAreWrong() {
        BookEntries entries = new BookEntries();
        for (Instant wrong :
                List.of(
                        Instant.MIN,
                        Instant.MAX,
                        Instant.EPOCH.minusSeconds(1),
                        Instant.parse("9999-12-31T23:59:59.999999Z"))) {
            entries.published(at(5), wrong, "shop");
        }
        books.add(entries);
        books.flush();

        assertThat(store.all())
                .hasSize(4)
                .allSatisfy(page -> assertThat(page.counts()).containsEntry("shop", published(1)));
    }

    @Test
    void keepsPagesDueWhileTheStoreIsAwayAndCountsIt() {
        store.goAway();
        books.add(published(1, TEN));
        assertThat(books.flush()).isFalse();
        books.add(published(2, TEN));
        assertThat(books.flush()).isFalse();
        assertThat(failures()).isEqualTo(2);

        store.heal();
        assertThat(books.flush()).isTrue();

        assertThat(store.all())
                .singleElement()
                .satisfies(page -> assertThat(page.upTo()).isEqualTo(at(2)));
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void keepsClosedPagesUntilTheyAreStoredButNotWithoutEnd() {
        store.goAway();
        for (int record = 1; record <= 7; record++) {
            books.add(published(record, TEN.plusSeconds(60L * record)));
        }
        books.flush();
        store.heal();
        books.flush();

        assertThat(store.all()).extracting(BookPage::from).contains(at(3), at(7)).hasSize(5);
        assertThat(meters.counter("sluice.books.pages.lost", "stage", "validator").count())
                .isEqualTo(2);
    }

    @Test
    void aRestoredPageThatMayNotBeStoredIsDue() throws IOException {
        books.add(published(1, TEN));
        ShardBooks restored = new ShardBooks(SHARD, writer);
        restored.read(written(books));

        restored.flush();

        assertThat(store.all()).hasSize(1);
    }

    @Test
    void catchesUpWithWhatTheStoreDidNotTake() {
        store.goAway();
        books.add(published(1, TEN));
        books.flush();
        store.heal();

        books.catchUp();

        assertThat(store.all()).hasSize(1);
    }

    @Test
    void catchesUpWithWhatAnotherProcessMayNotHavePut() throws IOException {
        books.add(published(1, TEN));
        ShardBooks restored = new ShardBooks(SHARD, writer);
        restored.read(written(books));

        restored.catchUp();

        assertThat(store.all()).hasSize(1);
    }

    @Test
    void catchesUpWithWhatAParentMayNotHavePut() throws IOException {
        books.add(published(1, TEN));
        ShardBooks child = new ShardBooks(new ShardId("shardId-000000000002"), writer);
        child.inherit(written(books), HashRange.ALL);

        child.catchUp();

        assertThat(store.all()).extracting(BookPage::shard).containsExactly(SHARD.value());
    }

    @Test
    void hasNothingToCatchUpWithOnceTheStoreHasAll() {
        books.add(published(1, TEN));
        books.flush();
        books.add(published(2, TEN));

        books.catchUp();

        assertThat(store.all())
                .singleElement()
                .satisfies(page -> assertThat(page.upTo()).isEqualTo(at(1)));
    }

    @Test
    void aChildPutsWhatItsParentCouldNotUnderTheParentsName() throws IOException {
        store.goAway();
        for (int record = 1; record <= 3; record++) {
            books.add(published(record, TEN.plusSeconds(60L * record)));
        }
        books.flush();
        ShardBooks child = new ShardBooks(new ShardId("shardId-000000000002"), writer);
        child.inherit(written(books), HashRange.ALL);
        ShardBooks restored = new ShardBooks(new ShardId("shardId-000000000002"), writer);
        restored.read(written(child));
        store.heal();
        restored.add(published(9, TEN.plusSeconds(60)));

        assertThat(restored.flush()).isTrue();

        assertThat(store.all())
                .extracting(BookPage::shard, BookPage::from)
                .containsExactlyInAnyOrder(
                        tuple(SHARD.value(), at(1)),
                        tuple(SHARD.value(), at(2)),
                        tuple(SHARD.value(), at(3)),
                        tuple("shardId-000000000002", at(9)));
    }

    @Test
    void aChildTakesNothingThatIsStored() throws IOException {
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        books.add(published(1, TEN));
        books.writeAll(new DataOutputStream(before));
        books.kept();
        books.add(published(2, TEN));
        books.flush();
        ByteArrayOutputStream changes = new ByteArrayOutputStream();
        books.writeChanges(new DataOutputStream(changes));

        ShardBooks child = new ShardBooks(new ShardId("shardId-000000000002"), writer);
        child.inherit(in(before), HashRange.ALL);
        child.inherit(in(changes), HashRange.ALL);

        assertThat(child.bytes()).isZero();
    }

    @Test
    void writesWhatChangedSinceTheLastThatIsKept() throws IOException {
        books.add(published(1, TEN));
        int all = written(books).available();
        books.kept();
        books.add(published(2, TEN.plusSeconds(60)));
        ByteArrayOutputStream changes = new ByteArrayOutputStream();
        books.writeChanges(new DataOutputStream(changes));
        assertThat(changes.size()).isEqualTo(all);

        books.add(published(3, TEN.plusSeconds(60))); // after the writing, before it is durable
        books.kept();
        changes.reset();
        books.writeChanges(new DataOutputStream(changes));

        assertThat(changes.size()).isEqualTo(all);
    }

    @Test
    void forgetsEverythingWhenCleared() {
        books.add(published(1, TEN));
        books.clear();

        assertThat(books.flush()).isTrue();
        assertThat(books.bytes()).isZero();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void refusesAnotherVersion() {
        assertThatThrownBy(
                        () ->
                                books.read(
                                        new DataInputStream(
                                                new ByteArrayInputStream(new byte[] {9}))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9");
    }

    private double failures() {
        return meters.counter("sluice.books.put.failures", "stage", "validator").count();
    }

    private static BookEntries published(long record, Instant receivedTs) {
        BookEntries entries = new BookEntries();
        entries.published(at(record), receivedTs, "shop");
        return entries;
    }

    private static BookCounts published(long events) {
        return Pages.published(events);
    }

    private static BookCounts counts(
            long received,
            long published,
            long rejected,
            long duplicates,
            long suppressed,
            long replayed) {
        return new BookCounts(
                new Tally(received, published, rejected, duplicates, suppressed), replayed);
    }

    private static SequenceNumber at(long record) {
        return SequenceNumber.of(String.valueOf(record));
    }

    private static DataInputStream written(StatePart part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        part.writeAll(new DataOutputStream(bytes));
        return in(bytes);
    }

    private static DataInputStream in(ByteArrayOutputStream bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
