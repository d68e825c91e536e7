package dev.sluice.loader.publish;

import static dev.sluice.loader.publish.PublishRig.sent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.loader.Fixtures;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What the enricher sends again: within a window, after it, over crashes and failures.
class ReplayedEventsTest {

    private static final SectionedEvent E1 = sent(Fixtures.pageView("e1"), 1, 0);
    private static final SectionedEvent E2 = sent(Fixtures.pageView("e2"), 1, 1);
    private static final SectionedEvent E3 = sent(Fixtures.pageView("e3"), 2, 0);
    private static final SectionedEvent MISFIT =
            sent(
                    Fixtures.event(
                            "misfit",
                            "purchase",
                            Duration.ZERO,
                            "{\"properties\":{\"order_id\":\"a\\u0000\"}}"),
                    3,
                    0);

    private PublishRig rig = new PublishRig(1_000, 1);

    @Test
    void makesNoRowOfACopyInTheSameWindowNorOfOneInALater() {
        rig.put(E1, E2);
        rig.put(E1, E2);
        rig.consumer.runUntilIdle();
        rig.age();
        rig.put(E2, E3);
        rig.consumer.runUntilIdle();
        rig.age();

        assertThat(rig.eventIds()).containsExactly("e1", "e2", "e3");
        assertThat(rig.counted("received")).isEqualTo(3);
        assertThat(rig.counted("published")).isEqualTo(3);
        assertThat(rig.counted("replayed")).isEqualTo(3);
        assertThat(rig.booked()).isEqualTo(Map.of("acme", counts(3, 0, 3)));
    }

    @Test
    void remembersOverACrashWhatWasPublishedBeforeIt() {
        rig.put(E1, E2);
        rig.consumer.runUntilIdle();
        rig.age();

        rig.restart();
        rig.put(E1, E2, E3);
        rig.consumer.runUntilIdle();
        rig.age();

        assertThat(rig.eventIds()).containsExactly("e1", "e2", "e3");
        assertThat(rig.booked()).isEqualTo(Map.of("acme", counts(3, 0, 2)));
    }

    @Test
    void forgetsWhatAWindowHeldThatWasNeverPublished() {
        rig.put(E1);
        rig.consumer.runUntilIdle();

        rig.restart();
        rig.consumer.runUntilIdle();
        rig.age();

        assertThat(rig.eventIds()).containsExactly("e1");
        assertThat(rig.booked()).isEqualTo(Map.of("acme", counts(1, 0, 0)));
    }

    @Test
    void takesTheEventsOfALostLeaseAnew() {
        rig.put(E1, E2);
        rig.consumer.runUntilIdle();

        rig.consumer.loseLease(new ShardId("shardId-000000000000"));
        rig.consumer.runUntilIdle();
        rig.age();

        assertThat(rig.eventIds()).containsExactly("e1", "e2");
        assertThat(rig.counted("replayed")).isZero();
    }

    @Test
    void countsNothingTwiceWhenAWindowIsPublishedAgainAfterAFailure() {
        rig.put(E1, MISFIT);
        rig.put(E1);
        rig.consumer.runUntilIdle();
        rig.objects.faults().loseNextAnswer();

        assertThatThrownBy(rig::age).isInstanceOf(TransientFailure.class);
        assertThat(rig.booked()).isEmpty();
        rig.consumer.tick();

        assertThat(rig.eventIds()).containsExactly("e1");
        assertThat(rig.quarantined()).hasSize(1);
        assertThat(rig.booked()).isEqualTo(Map.of("acme", counts(1, 1, 1)));
    }

    @Test
    void quarantinesARefusedEventOnce() {
        rig.put(MISFIT);
        rig.put(MISFIT);
        rig.consumer.runUntilIdle();
        rig.age();

        assertThat(rig.quarantined()).hasSize(1);
        assertThat(rig.counted("rejected")).isEqualTo(1);
        assertThat(rig.counted("replayed")).isEqualTo(1);
    }

    @Test
    void entersWhatCannotBeReadUnderNobodyInTheMinuteOfItsArrival() {
        SectionedEvent unreadable =
                new SectionedEvent(
                        Bytes.utf8("{}"), E1.body(), E1.checked(), E1.enrichment(), E1.origin());
        SectionedEvent lost = E1.withOrigin(Bytes.utf8("nowhere"));
        rig.put(HashKey.MIN, new byte[] {1, 2, 3});
        rig.put(E1, unreadable, lost);
        rig.consumer.runUntilIdle();
        rig.age();

        assertThat(rig.eventIds()).containsExactly("e1");
        assertThat(rig.booked()).isEqualTo(Map.of("acme", counts(1, 0, 0), "", counts(0, 3, 0)));
        assertThat(rig.books.all())
                .singleElement()
                .satisfies(
                        page ->
                                assertThat(page.minute())
                                        .isEqualTo(Instant.parse("2026-11-21T10:00:00Z")));
    }

    @Test
    void takesAnEventThatDoesNotSayWhereItComesFromEachTime() {
        rig.put(Fixtures.pageView("e1"));
        rig.put(Fixtures.pageView("e1"));
        rig.consumer.runUntilIdle();
        rig.age();

        assertThat(rig.eventIds()).containsExactly("e1", "e1");
        assertThat(rig.counted("replayed")).isZero();
    }

    @Test
    void acknowledgesABatchOfWhichTheStateKnowsEverything() {
        rig = new PublishRig(1, 2);
        rig.put(E1);
        rig.put(E2);
        rig.put(E3);
        rig.put(MISFIT);
        rig.consumer.runUntilIdle();
        assertThat(rig.log.of(Effect.Checkpoint.class))
                .extracting(checkpoint -> checkpoint.sequence().toString())
                .containsExactly("2");

        // A window ended in the middle of the second batch, so the snapshot knows its first record.
        rig.restart(1);
        rig.log.clear();
        rig.consumer.runUntilIdle();
        rig.age();

        assertThat(rig.log.of(Effect.Checkpoint.class))
                .extracting(checkpoint -> checkpoint.sequence().toString())
                .containsExactly("3", "4");
        assertThat(rig.log.lines()).noneMatch(line -> line.startsWith("queue"));
        assertThat(rig.eventIds()).containsExactly("e1", "e2", "e3");
    }

    @Test
    void storesPagesThatWaitedOnceTheBooksAreBack() {
        rig.books.goAway();
        rig.put(E1);
        rig.consumer.runUntilIdle();
        rig.age();
        assertThat(rig.log.of(Effect.Checkpoint.class)).hasSize(1);

        rig.books.heal();
        rig.consumer.tick();

        assertThat(rig.booked()).containsKey("acme");
    }

    @Test
    void makesAnotherFileOfAWindowThatHoldsMoreRowsAfterAColdStart() {
        rig.put(E1);
        rig.consumer.runUntilIdle();
        rig.age();
        rig.consumer.holdCheckpoints();
        rig.put(E1, E2);
        rig.consumer.runUntilIdle();
        rig.age();
        rig.keys("state/").forEach(rig.objects::delete);

        rig.restart();
        rig.consumer.runUntilIdle();
        rig.age();

        assertThat(rig.keys(CuratedFiles.PREFIX)).hasSize(3);
        assertThat(rig.eventIds()).containsExactly("e1", "e2", "e1", "e2");
    }

    private static BookCounts counts(long published, long rejected, long replayed) {
        return new BookCounts(new Tally(published + rejected, published, rejected, 0, 0), replayed);
    }
}
