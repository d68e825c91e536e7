package dev.sluice.collector.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.collector.process.door.Origin;
import dev.sluice.collector.process.door.Privacy;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.memory.MemoryBooks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class DoorBooksTest {

    private static final Instant TEN = Instant.parse("2026-11-25T10:00:00Z");

    private final MemoryBooks store = new MemoryBooks();
    private final DoorBooks books = books("process-1");

    @Test
    void countsByMinuteOfReceiptAndTenant() {
        books.accepted(from("shop", TEN), 3);
        books.accepted(from("shop", TEN.plusSeconds(59)), 2);
        books.accepted(from("bar", TEN.plusSeconds(60)), 7);
        books.flush();

        assertThat(store.all())
                .extracting(
                        BookPage::stage,
                        BookPage::shard,
                        BookPage::minute,
                        page -> page.counts().keySet().iterator().next(),
                        DoorBooksTest::accepted)
                .containsExactlyInAnyOrder(
                        tuple("collector", "process-1", TEN, "shop", 5L),
                        tuple("collector", "process-1", TEN.plusSeconds(60), "bar", 7L));
    }

    @Test
    void countsEachEventInTheMinuteOfItsOwnReceipt() {
        Origin origin = from("shop", TEN.minusNanos(2_000));

        books.accepted(origin, 5);
        books.flush();

        assertThat(origin.receivedTs(1)).isBefore(TEN);
        assertThat(origin.receivedTs(2)).isEqualTo(TEN);
        assertThat(store.all())
                .extracting(BookPage::minute, DoorBooksTest::accepted)
                .containsExactlyInAnyOrder(tuple(TEN.minusSeconds(60), 2L), tuple(TEN, 3L));
    }

    @Test
    void aPageGrowsWithEveryFlush() {
        for (int i = 1; i <= 20; i++) {
            books.accepted(from("shop", TEN), 1);
            books.flush();
            books.flush();

            assertThat(store.all()).extracting(DoorBooksTest::accepted).containsExactly((long) i);
        }
    }

    @Test
    void twoProcessesCountApart() {
        DoorBooks other = books("process-2");
        books.accepted(from("shop", TEN), 1);
        other.accepted(from("shop", TEN), 2);
        books.flush();
        other.flush();

        assertThat(store.all())
                .extracting(DoorBooksTest::accepted)
                .containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void keepsItsCountWhileTheStoreIsAway() {
        books.accepted(from("shop", TEN), 1);
        store.goAway();
        assertThat(books.flush()).isFalse();
        books.accepted(from("shop", TEN), 1);
        store.heal();

        assertThat(books.flush()).isTrue();
        assertThat(store.all()).extracting(DoorBooksTest::accepted).containsExactly(2L);
    }

    @Test
    void aMinuteThatComesUpAgainMuchLaterIsAnotherPage() {
        books.accepted(from("shop", TEN), 1);
        for (int i = 0; i < 200; i++) {
            books.flush();
        }
        books.accepted(from("shop", TEN), 1);
        books.flush();

        assertThat(store.all()).extracting(DoorBooksTest::accepted).containsExactly(1L, 1L);
    }

    @Test
    void losesNoEventOfAnyThread() {
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                int second = i;
                requests.execute(() -> books.accepted(from("shop", TEN.plusSeconds(second)), 10));
            }
            for (int i = 0; i < 20; i++) {
                books.flush();
            }
        }
        books.flush();

        assertThat(store.all().stream().mapToLong(DoorBooksTest::accepted).sum()).isEqualTo(10_000);
    }

    @Test
    @Timeout(30)
    void theTimerFlushesALastTime() {
        BooksTimer timer = new BooksTimer(books, Duration.ofHours(1), Duration.ofSeconds(20));
        timer.start();
        books.accepted(from("shop", TEN), 1);
        timer.close();

        assertThat(store.all()).hasSize(1);
    }

    private DoorBooks books(String process) {
        return new DoorBooks(
                process, new BooksWriter("collector", store, new SimpleMeterRegistry()));
    }

    private static Origin from(String tenant, Instant receivedTs) {
        return new Origin(
                new TenantId(tenant), new SourceId("web"), receivedTs, null, null, Privacy.NONE);
    }

    private static long accepted(BookPage page) {
        return page.counts().values().stream().mapToLong(c -> c.tally().published()).sum();
    }
}
