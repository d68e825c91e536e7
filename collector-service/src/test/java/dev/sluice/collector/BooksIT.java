package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.runtime.books.BookPage;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// The books of the running collector.
class BooksIT {

    private static final String GOOD = "{\"event_type\":\"a\"}\n";
    private static final String BAD = "{\"event_type\":\"Bad One\"}\n";

    @Test
    void holdWhatWasAcceptedAndNothingElse() {
        try (RunningCollector collector =
                RunningCollector.start(
                        RunningCollector.streams(), "sluice.collector.books.flush-interval=20ms")) {
            assertThat(collector.post(GOOD + GOOD + BAD).status()).isEqualTo(200);
            assertThat(collector.post(BAD).status()).isEqualTo(400);
            assertThat(collector.post(GOOD).status()).isEqualTo(200);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(collector.acceptedInTheBooks()).isEqualTo(4));
            assertThat(collector.books().all())
                    .extracting(BookPage::stage)
                    .containsOnly("collector");
        }
    }

    @Test
    void areNoReasonToRefuseEventsWhenTheyCannotBeStored() {
        try (RunningCollector collector =
                RunningCollector.start(
                        RunningCollector.streams(), "sluice.collector.books.flush-interval=20ms")) {
            collector.books().goAway();

            assertThat(collector.post(GOOD).status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(10))
                    .until(
                            () ->
                                    collector
                                            .get("/actuator/prometheus")
                                            .response()
                                            .body()
                                            .matches(
                                                    "(?s).*sluice_books_put_failures_total\\{[^}]*stage=\"collector\"[^}]*} [1-9].*"));
            assertThat(collector.get("/actuator/health/readiness").status()).isEqualTo(200);
            collector.books().heal();

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(collector.acceptedInTheBooks()).isEqualTo(1));
        }
    }
}
