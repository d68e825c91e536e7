package dev.sluice.runtime.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.SequenceNumber;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What every store of the books does. Each test is given an empty one.
public abstract class BooksStoreKit {

    private static final Instant NOW = Instant.parse("2026-11-25T10:30:20Z");

    private Instant now = NOW;

    /// The same store for the length of a test.
    protected abstract BooksStore store();

    /// Calls fail from now on.
    protected abstract void goAway();

    /// What the store's clock shows.
    protected final Instant now() {
        return now;
    }

    @Test
    void givesBackWhatWasPut() {
        Map<String, BookCounts> counts = new LinkedHashMap<>();
        counts.put("späti", new BookCounts(new Tally(10, 1, 2, 3, 4), 5));
        counts.put("", new BookCounts(new Tally(1L << 62, 0, 1L << 62, 0, 0), 0));
        BookPage page =
                new BookPage(
                        "loader",
                        "shardId-000000000007",
                        Instant.parse("+12026-01-02T03:04:00Z"),
                        SequenceNumber.of("3"),
                        SequenceNumber.of(Pages.LONG),
                        counts);

        store().put(List.of(page));

        assertThat(stored()).containsExactly(page);
        assertThat(stored().getFirst().counts().keySet()).containsExactly("späti", "");
    }

    @Test
    void takesALaterStateForAnEarlierOne() {
        store().put(List.of(Pages.page("3", "9", 1)));
        store().put(List.of(Pages.page("3", "10", 2)));

        assertThat(stored()).containsExactly(Pages.page("3", "10", 2));
    }

    @Test
    void keepsALaterStateFromAnEarlierOne() {
        store().put(List.of(Pages.page("3", Pages.LONG, 2)));
        store().put(List.of(Pages.page("3", "9", 1)));

        assertThat(stored()).containsExactly(Pages.page("3", Pages.LONG, 2));
    }

    @Test
    void keepsAStateFromAnotherForTheSameRecord() {
        store().put(List.of(Pages.page("3", "9", 1)));
        store().put(List.of(Pages.page("3", "9", 7)));

        assertThat(stored()).containsExactly(Pages.page("3", "9", 1));
    }

    @Test
    void storesTheOthersWhenOneIsOlder() {
        store().put(List.of(Pages.page("1", "9", 9), Pages.page("2", "5", 1)));
        store().put(List.of(Pages.page("1", "8", 8), Pages.page("2", "6", 2)));

        assertThat(stored())
                .containsExactlyInAnyOrder(Pages.page("1", "9", 9), Pages.page("2", "6", 2));
    }

    @Test
    void keepsAPageOpenedLaterApart() {
        store().put(List.of(Pages.page("1", "5", 1), Pages.page("7", "9", 1)));

        assertThat(stored()).hasSize(2);
    }

    @Test
    void showsWhatChangedSince() {
        store().put(List.of(Pages.page("1", "5", 1), Pages.page("2", "5", 1)));
        now = NOW.plus(Duration.ofMinutes(90));
        Instant since = now;
        store().put(List.of(Pages.page("2", "6", 2)));
        now = now.plus(Duration.ofMinutes(30));

        assertThat(changedSince(since)).containsExactly(Pages.page("2", "6", 2));
        assertThat(changedSince(NOW)).hasSize(2);
        assertThat(changedSince(NOW.minus(Duration.ofDays(400)))).hasSize(2);
        assertThat(changedSince(now.plus(Duration.ofMinutes(2)))).isEmpty();
    }

    @Test
    void anOlderStateIsNoChange() {
        store().put(List.of(Pages.page("1", "5", 1)));
        now = NOW.plus(Duration.ofMinutes(10));
        store().put(List.of(Pages.page("1", "4", 1)));

        assertThat(changedSince(now)).isEmpty();
    }

    @Test
    void holdsAsManyTenantsAsThereAre() {
        store().put(List.of(Pages.wide(999, "5", 1L << 40)));
        store().put(List.of(Pages.wide(4500, "6", 1L << 50)));

        assertThat(stored()).containsExactly(Pages.wide(4500, "6", 1L << 50));

        store().put(List.of(Pages.wide(999, "5", 1)));

        assertThat(stored()).containsExactly(Pages.wide(4500, "6", 1L << 50));
    }

    @Test
    void holdsManyPagesPutAtOnce() {
        List<BookPage> pages = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            pages.add(Pages.page(String.valueOf(i), "1000", i));
        }

        store().put(pages);
        store().put(List.of());

        assertThat(stored()).containsExactlyInAnyOrderElementsOf(pages);
    }

    @Test
    void saysThatItIsAway() {
        goAway();

        assertThatThrownBy(() -> store().put(List.of(Pages.page("1", "2", 1))))
                .isInstanceOf(TransientFailure.class);
        assertThatThrownBy(() -> changedSince(NOW)).isInstanceOf(TransientFailure.class);
    }

    @Test
    void handsOverMuchInSeveralLists() {
        List<BookPage> pages = new ArrayList<>();
        for (int i = 1; i <= 25; i++) {
            pages.add(Pages.wide(String.valueOf(i), 999, "1000", i));
        }
        store().put(pages);

        for (Instant since : List.of(NOW, NOW.minus(Duration.ofDays(400)))) {
            List<List<BookPage>> lists = new ArrayList<>();
            store().changedSince(since, lists::add);

            assertThat(lists).hasSizeGreaterThanOrEqualTo(2);
            assertThat(lists.stream().mapToInt(List::size)).allMatch(size -> size <= 20);
            assertThat(lists.stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(pages);
        }
    }

    @Test
    void whatTheTakerThrowsComesOut() {
        store().put(List.of(Pages.page("1", "5", 1)));

        assertThatThrownBy(
                        () ->
                                store().changedSince(
                                                NOW,
                                                pages -> {
                                                    throw new IllegalStateException("full");
                                                }))
                .hasMessage("full");
    }

    /// What the store hands over.
    protected final List<BookPage> changedSince(Instant since) {
        List<BookPage> all = new ArrayList<>();
        store().changedSince(since, all::addAll);
        return all;
    }

    private List<BookPage> stored() {
        return changedSince(NOW);
    }
}
