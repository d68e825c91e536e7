package dev.sluice.loader;

import static dev.sluice.loader.publish.PublishRig.sent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.SequenceNumber;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// A loader is killed, with no time to say goodbye, when its files are loaded and not checkpointed.
class LoaderKillIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String IDS = "SELECT event_id FROM events ORDER BY 1";
    private static final String STREAM = "sluice-enriched";

    @TempDir private Path folder;
    private LocalLine line;

    @BeforeEach
    void start() {
        line = new LocalLine(folder);
        line.createStream("sluice-raw");
        line.createStream(STREAM);
        line.createStream("sluice-quarantine");
        line.createStream("sluice-derived");
    }

    @AfterEach
    void stop() {
        line.close();
    }

    @Test
    void everyEventIsOneRowAndTheBooksBalance() throws InterruptedException {
        line.put(STREAM, LocalLine.frame(page("e1", 1), page("e2", 2)));
        try (ConfigurableApplicationContext loader = line.loader("one")) {
            accept(loader.getBean(BooksStore.class), 6);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(line.query(IDS)).containsExactly("e1", "e2"));
        }

        line.put(STREAM, LocalLine.frame(page("e2", 2), page("e3", 3)));
        line.put(STREAM, LocalLine.frame(page("e4", 4)));
        killOnceLoaded("e1", "e2", "e3", "e4");

        // Windows of one frame each, so that the files made again are not those of before.
        try (var _ = line.loader("one", "sluice.loader.publish.max-rows=1")) {
            line.put(STREAM, LocalLine.frame(page("e4", 4), page("e5", 5), page("e6", 6)));

            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    line.query(
                                                            "SELECT accepted, loaded, difference"
                                                                    + " FROM pipeline_books"))
                                            .containsExactly("6|6|0"));
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    line.query(
                                                            "SELECT received, published, replayed"
                                                                    + " FROM pipeline_stages"
                                                                    + " WHERE stage = 'loader'"))
                                            .containsExactly("6|6|2"));
        }
        assertThat(line.query(IDS)).containsExactly("e1", "e2", "e3", "e4", "e5", "e6");
        assertThat(line.query("SELECT SUM(replayed_rows) FROM load_batches")).containsExactly("2");
        assertThat(line.query("SELECT * FROM duplicate_receipts")).isEmpty();
    }

    private void killOnceLoaded(String... ids) throws InterruptedException {
        Process loader =
                line.process(
                        "one", folder.resolve("killed.log"), "sluice.kcl.checkpoint-interval=1h");
        try {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(line.query(IDS)).containsExactly(ids));
        } finally {
            loader.destroyForcibly().waitFor();
        }
    }

    /// Enters into the books what the door accepted.
    private static void accept(BooksStore books, long events) {
        SequenceNumber first = SequenceNumber.of("1");
        BookCounts counts = new BookCounts(new Tally(events, events, 0, 0, 0), 0);
        books.put(
                List.of(
                        new BookPage(
                                "collector",
                                "door",
                                Fixtures.RECEIVED.truncatedTo(ChronoUnit.MINUTES),
                                first,
                                first,
                                Map.of("acme", counts))));
    }

    private static SectionedEvent page(String id, int sequence) {
        return sent(Fixtures.pageView(id), sequence, 0);
    }
}
