package dev.sluice.validator;

import static dev.sluice.validator.Fixtures.frame;
import static dev.sluice.validator.Fixtures.good;
import static dev.sluice.validator.Fixtures.received;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.memory.MemoryShard;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.ShardId;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The same event twice: within a frame, a batch, the window, over crashes and reshards.
class DuplicatesTest {

    private PipelineRig rig = new PipelineRig();

    @Test
    void publishesTheFirstOfABatch() {
        SectionedEvent first = good("1");
        SectionedEvent copy =
                received("1", "{\"event_type\":\"page_view\",\"anonymous_id\":\"later\"}");
        rig.feed(frame(first, good("2"), copy), frame(copy));

        rig.consumer.runUntilIdle();

        assertThat(published()).containsExactly("1", "2");
        assertThat(rig.published().getFirst().body()).isEqualTo(first.body());
        assertThat(rig.count("received")).isEqualTo(4);
        assertThat(rig.count("published")).isEqualTo(2);
        assertThat(rig.count("duplicate")).isEqualTo(2);
    }

    @Test
    void entersEveryOutcomeIntoTheBooks() {
        rig.feed(frame(good("1"), good("1"), received("2", "{")), new byte[3]);

        rig.consumer.runUntilIdle();

        assertThat(rig.booked())
                .isEqualTo(
                        Map.of(
                                "shop",
                                new BookCounts(new Tally(3, 1, 1, 1, 0), 0),
                                "",
                                new BookCounts(new Tally(1, 0, 1, 0, 0), 0)));
        assertThat(rig.books.all())
                .allSatisfy(page -> assertThat(page.minute()).isEqualTo(Fixtures.NOW));
    }

    @Test
    void storesPagesThatWaitedOnceTheBooksAreBack() {
        rig.feed(frame(good("1")));
        rig.books.goAway();
        rig.consumer.runUntilIdle();
        assertThat(rig.log.of(Effect.Checkpoint.class)).hasSize(1);

        rig.books.heal();
        rig.consumer.tick();

        assertThat(rig.booked()).containsKey("shop");
    }

    @Test
    void recognisesACopyAtTheLastSecondOfTheWindowAndNotAfter() {
        rig.feed(frame(good("1")));
        rig.consumer.runUntilIdle();

        rig.now = Fixtures.NOW.plus(PipelineRig.WINDOW).minusMillis(1);
        rig.feed(frame(good("1")));
        rig.consumer.runUntilIdle();
        assertThat(published()).containsExactly("1");

        rig.now = Fixtures.NOW.plus(PipelineRig.WINDOW);
        rig.feed(frame(good("1")));
        rig.consumer.runUntilIdle();
        assertThat(published()).containsExactly("1", "1");
    }

    @Test
    void letsTwoTenantsUseTheSameId() {
        SectionedEvent others =
                received(
                        Fixtures.receipt(new TenantId("other"), "1"),
                        "{\"event_type\":\"page_view\"}".getBytes(StandardCharsets.UTF_8));
        rig.feed(frame(good("1"), others));

        rig.consumer.runUntilIdle();

        assertThat(published()).containsExactly("1", "1");
        assertThat(rig.count("duplicate")).isZero();
    }

    @Test
    void letsNoCopyThroughAfterAKill() {
        SectionedEvent[] events = events(50);
        rig.feedEach(events);
        rig.consumer.runUntilIdle();

        rig.restart();
        rig.feedEach(events);
        rig.consumer.runUntilIdle();
        rig.restart();
        rig.feedEach(events);
        rig.consumer.runUntilIdle();

        assertThat(published()).hasSize(50).doesNotHaveDuplicates();
        assertThat(rig.count("duplicate")).isEqualTo(100);
    }

    @Test
    void publishesWhatItHadNotPublishedWhenItDied() {
        rig.feed(frame(good("1"), good("1")));
        rig.streams.faults().failRandomly(() -> 0, 1, "ProvisionedThroughputExceededException");
        assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(TransientFailure.class);

        rig.streams.faults().heal();
        rig.restart();
        rig.consumer.runUntilIdle();

        assertThat(published()).containsExactly("1");
        assertThat(rig.count("duplicate")).isEqualTo(1);
    }

    @Test
    void publishesWhatItHadNotPublishedWhenTheBatchIsOfferedAgain() {
        rig.feed(frame(good("1")));
        rig.streams.faults().failRandomly(() -> 0, 1, "ProvisionedThroughputExceededException");
        assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(TransientFailure.class);

        rig.streams.faults().heal();
        rig.consumer.runUntilIdle();

        assertThat(published()).containsExactly("1");
        assertThat(rig.count("duplicate")).isZero();
    }

    @Test
    void givesAReplayTheSameOrigin() {
        rig.feed(frame(good("1"), received("2", "{"), good("3")));
        rig.consumer.holdCheckpoints();
        rig.consumer.runUntilIdle();

        rig.restart();
        rig.consumer.runUntilIdle();

        List<SectionedEvent> sent = rig.published();
        assertThat(sent).hasSize(4);
        assertThat(sent.subList(2, 4)).isEqualTo(sent.subList(0, 2));
        assertThat(sent.get(0).origin()).isNotNull().isNotEqualTo(sent.get(1).origin());
    }

    @Test
    void takesNoneOfASliceAgainThatIsDoneWhenALaterOneFails() {
        rig = PipelineRig.withSlices(1);
        rig.feed(frame(good("1"), good("1")), frame(received("2", "{")), frame(good("3")));
        rig.streams.delete(PipelineRig.QUARANTINE);
        assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(SetupFailure.class);

        rig.streams.create(PipelineRig.QUARANTINE, 1);
        rig.consumer.runUntilIdle();

        assertThat(published()).containsExactly("1", "3");
        assertThat(rig.count("received")).isEqualTo(4);
        assertThat(rig.booked())
                .isEqualTo(Map.of("shop", new BookCounts(new Tally(4, 2, 1, 1, 0), 0)));
    }

    @Test
    void recognisesCopiesOnTheShardsOfASplitAndAMerge() {
        SectionedEvent[] events = events(50);
        rig.feedEach(events);
        rig.consumer.runUntilIdle();
        ShardId first = rig.streams.shards(PipelineRig.RAW).getFirst().id();
        List<ShardId> children = rig.streams.split(PipelineRig.RAW, first);
        rig.feedEach(events);
        rig.consumer.runUntilIdle();
        assertThat(published()).hasSize(50);

        rig.restart();
        rig.feedEach(events(60));
        rig.consumer.runUntilIdle();
        rig.streams.merge(PipelineRig.RAW, children.getFirst(), children.getLast());
        rig.feedEach(events(60));
        rig.consumer.runUntilIdle();

        assertThat(rig.streams.shards(PipelineRig.RAW)).extracting(MemoryShard::id).hasSize(4);
        assertThat(published()).hasSize(60).doesNotHaveDuplicates();
        assertThat(rig.count("duplicate")).isEqualTo(50 + 50 + 60);
    }

    @Test
    void countsWhatItHasToForgetAndLetsItsCopyThrough() {
        rig = PipelineRig.rememberingIds(2);
        rig.feed(frame(good("1"), good("2"), good("3"), good("3"), good("1")));

        rig.consumer.runUntilIdle();

        assertThat(published()).containsExactly("1", "2", "3", "1");
        assertThat(rig.meters.get("sluice.state.evicted").counter().count()).isEqualTo(2);
    }

    @Test
    void letsAnEventThroughWhoseFirstTryWasRefused() {
        rig.feed(frame(received("1", "{"), received("1", "{"), good("1"), good("1")));

        rig.consumer.runUntilIdle();

        assertThat(rig.quarantined()).hasSize(2);
        assertThat(published()).containsExactly("1");
        assertThat(rig.count("duplicate")).isEqualTo(1);
    }

    @Test
    void remembersThroughAStreamClockThatJumpsAhead() {
        rig.feed(frame(good("1")));
        rig.consumer.runUntilIdle();
        rig.now = Fixtures.NOW.plus(Duration.ofHours(5));
        rig.feed(frame(good("2")));
        rig.consumer.runUntilIdle();

        rig.now = Fixtures.NOW.plusSeconds(1);
        rig.feed(frame(good("3"), good("2")));
        rig.consumer.runUntilIdle();
        rig.feed(frame(good("3"), good("2")));
        rig.consumer.runUntilIdle();

        assertThat(published()).containsExactly("1", "2", "3");
    }

    private static SectionedEvent[] events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> good("e-" + i))
                .toArray(SectionedEvent[]::new);
    }

    private List<String> published() {
        return rig.published().stream()
                .map(event -> Receipt.decode(event.receipt()).eventId().value())
                .toList();
    }
}
