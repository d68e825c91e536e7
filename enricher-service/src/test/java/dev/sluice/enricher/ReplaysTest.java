package dev.sluice.enricher;

import static dev.sluice.enricher.Fixtures.frame;
import static dev.sluice.enricher.Fixtures.unchecked;
import static dev.sluice.enricher.Fixtures.valid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.contracts.event.OriginCodec;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.metrics.Tally;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// What the pipeline makes of events that come again, and what it enters into the books.
class ReplaysTest {

    private static final List<Enrichment> ALL = Fixtures.enrichments();

    private PipelineRig rig = new PipelineRig(ALL, 32 << 20);

    /// Whatever a test does, every event that was counted in was counted out.
    @AfterEach
    void theBooksBalance() {
        rig.assertBalanced();
    }

    @Test
    void dropsWhatTheValidatorSentAgain() {
        byte[] sent = frame(from(10, 0, "1"), from(10, 1, "2"));
        rig.feed(sent, sent, frame(from(10, 1, "2"), from(11, 0, "3")));

        rig.consumer.runUntilIdle();

        assertThat(rig.published()).extracting(ReplaysTest::id).containsExactly("1", "2", "3");
        assertThat(rig.count("replayed")).isEqualTo(3);
        assertThat(rig.count("received")).as("replays are counted apart").isEqualTo(3);
    }

    @Test
    void dropsNothingThatDoesNotSayWhereItIsFrom() {
        rig.feed(frame(valid("1")), frame(valid("1")));

        rig.consumer.runUntilIdle();

        assertThat(rig.published()).hasSize(2);
        assertThat(rig.count("replayed")).isZero();
    }

    @Test
    void takesNothingForAReplayThatItCouldNotPublish() {
        rig.feed(frame(from(10, 0, "1")));
        rig.streams.faults().goAway();
        assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(TransientFailure.class);

        rig.streams.faults().heal();
        rig.consumer.runUntilIdle();

        assertThat(rig.published()).extracting(ReplaysTest::id).containsExactly("1");
        assertThat(rig.count("replayed")).isZero();
    }

    @Test
    void goesOnAfterTheSlicesThatWerePublished() {
        rig = new PipelineRig(ALL, 1);
        rig.feed(frame(from(10, 0, "1")), frame(from(10, 1, "2")));
        AtomicInteger records = new AtomicInteger();
        rig.streams
                .faults()
                .failRandomly(
                        () -> records.getAndIncrement() == 0 ? -1 : 0, 0.5, "InternalFailure");
        assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(TransientFailure.class);

        rig.streams.faults().heal();
        rig.consumer.runUntilIdle();

        assertThat(rig.published()).extracting(ReplaysTest::id).containsExactly("1", "2");
        assertThat(rig.count("received")).isEqualTo(2);
        assertThat(rig.count("replayed")).isZero();
        assertThat(rig.log.lines())
                .last()
                .asString()
                .startsWith("checkpoint")
                .endsWith(sequence(1));
    }

    @Test
    void knowsAReplayAfterARestart() {
        byte[] sent = frame(from(10, 0, "1"), from(10, 1, "2"));
        rig.feed(sent);
        rig.consumer.runUntilIdle();

        rig.consumer.crash();
        rig.consumer.start();
        rig.feed(sent, frame(from(10, 2, "3")));
        rig.consumer.runUntilIdle();

        assertThat(rig.published()).extracting(ReplaysTest::id).containsExactly("1", "2", "3");
        assertThat(rig.count("replayed")).isEqualTo(2);
    }

    @Test
    void entersWhatBecameOfEachEventIntoTheBooks() {
        byte[] sent = frame(from(10, 0, "1"), from(10, 1, "2"), unchecked("3"));
        rig.feed(sent, new byte[] {1, 2, 3});
        rig.now = Fixtures.NOW.plusSeconds(60);
        rig.feed(sent, new byte[] {1, 2, 3});

        rig.consumer.runUntilIdle();

        assertThat(rig.books.all())
                .extracting(BookPage::stage, BookPage::minute, BookPage::counts)
                .containsExactlyInAnyOrder(
                        tuple(
                                "enricher",
                                Fixtures.NOW,
                                Map.of(
                                        "shop",
                                        new BookCounts(new Tally(4, 2, 2, 0, 0), 2),
                                        "",
                                        new BookCounts(new Tally(1, 0, 1, 0, 0), 0))),
                        tuple(
                                "enricher",
                                rig.now,
                                Map.of("", new BookCounts(new Tally(1, 0, 1, 0, 0), 0))));
    }

    @Test
    void storesPagesThatWaitedOnceTheBooksAreBack() {
        rig.feed(frame(valid("1")));
        rig.books.goAway();
        rig.consumer.runUntilIdle();
        assertThat(rig.log.of(Effect.Checkpoint.class)).hasSize(1);

        rig.books.heal();
        rig.consumer.tick();

        assertThat(rig.booked()).containsKey("shop");
    }

    @Test
    void countsTheMarksThatItHadToForget() {
        OriginCodec origins = new OriginCodec();
        for (int i = 0; i < PipelineRig.MOST_MARKS + 1; i++) {
            rig.feed(frame(valid("1").withOrigin(origins.encode("shard-" + i, "10", 0))));
        }

        rig.consumer.runUntilIdle();

        assertThat(rig.meters.counter("sluice.origins.forgotten", "stage", "enricher").count())
                .isPositive();
    }

    /// As the validator sends it, of one device.
    private static SectionedEvent from(int sequence, int index, String id) {
        return valid(id, "shardId-000000000007", sequence, index);
    }

    private String sequence(int index) {
        return rig.streams.records(PipelineRig.VALID).get(index).sequence().toString();
    }

    private static String id(SectionedEvent event) {
        return Receipt.decode(event.receipt()).eventId().value();
    }
}
