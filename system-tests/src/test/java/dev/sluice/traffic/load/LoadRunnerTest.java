package dev.sluice.traffic.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.traffic.Expectation;
import dev.sluice.traffic.PlannedBatch;
import dev.sluice.traffic.PlannedEvent;
import dev.sluice.traffic.TrafficModel;
import dev.sluice.traffic.TroubleMix;
import dev.sluice.traffic.load.CollectorDouble.Received;
import dev.sluice.traffic.load.CollectorDouble.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

@Timeout(60)
class LoadRunnerTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final StepClock clock = new StepClock();
    private final List<PlannedBatch> planned = new ArrayList<>();

    @Test
    void sendsAsManyEventsAsTheRateAndTheDurationAsk() throws Exception {
        try (CollectorDouble collector = new CollectorDouble(n -> Reply.OK)) {
            List<LoadProgress> seen = new ArrayList<>();
            LoadReport report =
                    runner(settings(collector, 500, 4, 64), TroubleMix.USUAL).run(seen::add);

            assertThat(report.account().totals().sent()).isBetween(2_000L, 2_049L);
            assertThat(report.account().totals().acknowledged())
                    .isEqualTo(report.account().totals().sent());
            assertThat(report.sending()).isBetween(Duration.ofMillis(3_800), Duration.ofSeconds(4));
            assertThat(report.latency().count()).isEqualTo(planned.size());
            assertThat(seen.getFirst().totals().sent()).isBetween(450L, 600L);
            assertThat(seen).hasSizeGreaterThanOrEqualTo(4);
            assertThat(seen.getLast().totals()).isEqualTo(report.account().totals());
        }
    }

    @Test
    void deliversEveryEventAsPlannedInEveryBodyForm() throws Exception {
        try (CollectorDouble collector = new CollectorDouble(n -> Reply.OK)) {
            runner(settings(collector, 1_000, 2, 1), TroubleMix.USUAL).run(progress -> {});

            List<String> sent = new ArrayList<>();
            planned.forEach(batch -> batch.events().forEach(event -> sent.add(text(event))));
            List<String> arrived = new ArrayList<>();
            collector.received.forEach(
                    request -> request.events().forEach(event -> arrived.add(event.toString())));
            assertThat(arrived).isEqualTo(sent);
            assertThat(collector.received)
                    .allMatch(request -> request.authorization().equals("Bearer wk-test"));
            assertThat(collector.received.stream().map(r -> r.contentType() + r.gzip()).distinct())
                    .containsExactlyInAnyOrder(
                            "application/jsontrue",
                            "application/jsonfalse",
                            "application/x-ndjsontrue",
                            "application/x-ndjsonfalse");
        }
    }

    @Test
    void accountsForEveryCopyOfEveryEvent() throws Exception {
        try (CollectorDouble collector = new CollectorDouble(n -> Reply.OK)) {
            LoadReport report =
                    runner(settings(collector, 1_000, 3, 16), new TroubleMix(0.1, 0, 0, 0, 0.2, 0))
                            .run(progress -> {});

            Map<String, Integer> copies = new HashMap<>();
            collector.received.forEach(
                    request -> request.ids().forEach(id -> copies.merge(id, 1, Integer::sum)));
            Map<String, Integer> acknowledged = new HashMap<>();
            report.account()
                    .deliveries()
                    .forEach((id, delivery) -> acknowledged.put(id, delivery.acknowledged()));
            assertThat(acknowledged).isEqualTo(copies).containsValue(2);
            for (PlannedBatch batch : planned) {
                for (PlannedEvent event : batch.events()) {
                    assertThat(expectation(report, event)).isEqualTo(event.expectation());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 429})
    void triesAgainWithTheSameIdsAfterTheTimeTheCollectorAsks(int status) throws Exception {
        try (CollectorDouble collector =
                new CollectorDouble(n -> n < 2 ? new Reply(status, "3") : Reply.OK)) {
            LoadReport report = oneBatch(collector, 5);

            assertThat(collector.received).hasSize(3);
            assertThat(collector.received.stream().map(Received::ids).distinct()).hasSize(1);
            assertThat(clock.pausesBetweenTries)
                    .containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
            assertThat(report.account().totals().retries()).isEqualTo(2);
            assertThat(report.account().deliveries().values())
                    .allMatch(d -> d.acknowledged() == 1 && d.unanswered() == 0);
        }
    }

    @Test
    void doublesItsPausesUpToTheLongestWhenNoTimeIsAsked() throws Exception {
        try (CollectorDouble collector =
                new CollectorDouble(n -> new Reply(503, n == 4 ? "900" : "soon"))) {
            oneBatch(collector, 6);
            assertThat(clock.pausesBetweenTries.stream().map(Duration::toMillis))
                    .containsExactly(100L, 200L, 400L, 800L, 5_000L);
        }
    }

    @Test
    void countsAsRefusedWhatWasNeverTaken() throws Exception {
        try (CollectorDouble collector = new CollectorDouble(n -> new Reply(503, "1"))) {
            LoadReport report = oneBatch(collector, 3);
            assertThat(collector.received).hasSize(3);
            assertOutcome(report, Outcome.REFUSED, 0);
        }
    }

    @Test
    void givesUpAtOnceOnARefusalThatIsFinal() throws Exception {
        try (CollectorDouble collector = new CollectorDouble(n -> new Reply(401, ""))) {
            LoadReport report = oneBatch(collector, 5);
            assertThat(collector.received).hasSize(1);
            assertOutcome(report, Outcome.REFUSED, 0);
        }
    }

    @Test
    void countsAsRefusedWhatFoundNobody() throws Exception {
        CollectorDouble gone = new CollectorDouble(n -> Reply.OK);
        gone.close();
        LoadReport report = oneBatch(gone, 3);
        assertThat(clock.pausesBetweenTries).hasSize(2);
        assertOutcome(report, Outcome.REFUSED, 0);
    }

    @Test
    void countsAsUnknownWhatHadNoAnswer() throws Exception {
        try (CollectorDouble collector =
                new CollectorDouble(n -> n == 0 ? Reply.BROKEN : new Reply(503, ""))) {
            LoadReport report = oneBatch(collector, 3);
            assertOutcome(report, Outcome.UNKNOWN, 1);
        }
    }

    @Test
    void countsAsUnknownAServerErrorThatSaysNothing() throws Exception {
        try (CollectorDouble collector = new CollectorDouble(n -> new Reply(500, ""))) {
            LoadReport report = oneBatch(collector, 2);
            assertOutcome(report, Outcome.UNKNOWN, 2);
        }
    }

    @Test
    void remembersTriesWithoutAnAnswerOfWhatIsAcknowledgedLater() throws Exception {
        try (CollectorDouble collector =
                new CollectorDouble(n -> n < 2 ? Reply.BROKEN : Reply.OK)) {
            LoadReport report = oneBatch(collector, 5);
            assertOutcome(report, Outcome.ACKNOWLEDGED, 2);
        }
    }

    @Test
    void takesATimeoutForNoAnswer() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (CollectorDouble collector =
                new CollectorDouble(
                        n -> {
                            await(end);
                            return Reply.OK;
                        })) {
            LoadReport report = oneBatch(collector, 1, Duration.ofMillis(200));
            assertOutcome(report, Outcome.UNKNOWN, 1);
            end.countDown();
        }
    }

    @Test
    void keepsToTheRequestsItMayHaveInFlight() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (CollectorDouble collector =
                new CollectorDouble(
                        n -> {
                            await(end);
                            return Reply.OK;
                        })) {
            LoadRunner runner = runner(settings(collector, 100_000, 1, 3), TroubleMix.NONE);
            List<Integer> waiting = new ArrayList<>();
            LoadReport report =
                    runner.run(
                            progress -> {
                                waiting.add(collector.received.size());
                                runner.stop();
                                end.countDown();
                            });
            assertThat(waiting.getFirst()).isBetween(1, 3);
            assertThat(report.heldBack()).isPositive();
            assertThat(report.account().totals().inFlight()).isZero();
        }
    }

    @Test
    void stopsWhenAsked() throws Exception {
        try (CollectorDouble collector = new CollectorDouble(n -> Reply.OK)) {
            LoadRunner runner = runner(settings(collector, 100, 3_600, 16), TroubleMix.NONE);
            LoadReport report = runner.run(progress -> runner.stop());
            assertThat(report.sending()).isLessThan(Duration.ofSeconds(3));
            assertThat(report.account().totals().acknowledged())
                    .isEqualTo(report.account().totals().sent())
                    .isBetween(1L, 300L);
        }
    }

    @Test
    void keepsTheWriteKeyOutOfItsText() throws IOException {
        try (CollectorDouble collector = new CollectorDouble(n -> Reply.OK)) {
            assertThat(settings(collector, 1, 1, 1).toString())
                    .contains("[REDACTED]")
                    .doesNotContain("wk-test");
        }
    }

    @Test
    void refusesSettingsOutOfRange() {
        URI uri = URI.create("http://127.0.0.1:1/");
        Duration second = Duration.ofSeconds(1);
        RetryPolicy retries = RetryPolicy.USUAL;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoadSettings(uri, "k", 0, second, 1, retries))
                .withMessageContaining("eventsPerSecond");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoadSettings(uri, "k", 1, Duration.ZERO, 1, retries))
                .withMessageContaining("duration");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoadSettings(uri, "k", 1, second, 0, retries))
                .withMessageContaining("maxInFlight");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(0, second, second, second))
                .withMessageContaining("attempts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(1, second, Duration.ZERO, second))
                .withMessageContaining("positive");
    }

    private LoadReport oneBatch(CollectorDouble collector, int attempts) throws Exception {
        return oneBatch(collector, attempts, Duration.ofSeconds(20));
    }

    /// A rate so low that the first batch is the only one.
    private LoadReport oneBatch(CollectorDouble collector, int attempts, Duration timeout)
            throws Exception {
        RetryPolicy retries =
                new RetryPolicy(attempts, Duration.ofMillis(100), Duration.ofSeconds(5), timeout);
        LoadSettings settings =
                new LoadSettings(
                        collector.events(), "wk-test", 0.5, Duration.ofSeconds(1), 1, retries);
        LoadReport report = runner(settings, TroubleMix.NONE).run(progress -> {});
        assertThat(planned).hasSize(1);
        return report;
    }

    private void assertOutcome(LoadReport report, Outcome outcome, int unanswered) {
        List<PlannedEvent> events = planned.getFirst().events();
        Totals totals = report.account().totals();
        assertThat(totals.sent()).isEqualTo(events.size());
        assertThat(totals.inFlight()).isZero();
        assertThat(report.account().deliveries()).hasSameSizeAs(events);
        Delivery none = new Delivery("", new Expectation.Loaded(), 0, 0, 0, 0);
        for (PlannedEvent event : events) {
            Delivery delivery = report.account().deliveries().getOrDefault(event.eventId(), none);
            assertThat(delivery.acknowledged()).isEqualTo(outcome == Outcome.ACKNOWLEDGED ? 1 : 0);
            assertThat(delivery.refused()).isEqualTo(outcome == Outcome.REFUSED ? 1 : 0);
            assertThat(delivery.unknown()).isEqualTo(outcome == Outcome.UNKNOWN ? 1 : 0);
            assertThat(delivery.unanswered()).isEqualTo(unanswered);
        }
    }

    private LoadRunner runner(LoadSettings settings, TroubleMix mix) {
        TrafficModel model = new TrafficModel(42, () -> NOW, mix, 60);
        Supplier<PlannedBatch> recorded =
                () -> {
                    PlannedBatch batch = model.nextBatch();
                    planned.add(batch);
                    return batch;
                };
        return new LoadRunner(settings, recorded, clock);
    }

    private static LoadSettings settings(
            CollectorDouble collector, double rate, int seconds, int maxInFlight) {
        return new LoadSettings(
                collector.events(),
                "wk-test",
                rate,
                Duration.ofSeconds(seconds),
                maxInFlight,
                RetryPolicy.USUAL);
    }

    private static Expectation expectation(LoadReport report, PlannedEvent event) {
        Delivery delivery = report.account().deliveries().get(event.eventId());
        assertThat(delivery).isNotNull();
        return delivery.expectation();
    }

    private static String text(PlannedEvent event) {
        return JsonMapper.shared().readTree(event.json()).toString();
    }

    private static void await(CountDownLatch end) {
        try {
            assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
