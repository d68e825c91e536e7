package dev.sluice.validator;

import static dev.sluice.validator.Fixtures.SHOP;
import static dev.sluice.validator.Fixtures.frame;
import static dev.sluice.validator.Fixtures.good;
import static dev.sluice.validator.Fixtures.received;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.metrics.Tally;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Events of persons who were erased, from frame to stream.
class SuppressionTest {

    private static final String SHARD = "shardId-000000000000";
    private static final SubjectId ANN = new SubjectId(SubjectKind.USER_ID, "ann");
    private static final SubjectId DEVICE = new SubjectId(SubjectKind.ANONYMOUS_ID, "a-1");

    /// All events of these tests were received at [Fixtures#NOW].
    private static final long LATER = SuppressionList.micros(Fixtures.NOW) + 1;

    private final PipelineRig rig = new PipelineRig();

    /// received = published + rejected + duplicates + suppressed, in the meters and in the books.
    @AfterEach
    void theBooksBalance() {
        assertThat(rig.count("received"))
                .isEqualTo(
                        rig.count("published")
                                + rig.count("rejected")
                                + rig.count("duplicate")
                                + rig.count("suppressed"));
        Tally booked =
                rig.booked().values().stream()
                        .map(BookCounts::tally)
                        .reduce(Tally.ZERO, Tally::plus);
        assertThat((double) booked.received()).isEqualTo(rig.count("received"));
        assertThat((double) booked.suppressed()).isEqualTo(rig.count("suppressed"));
    }

    @Test
    void leavesNoTraceOfAnErasedPersonButTheCount() {
        rig.suppress(SHOP, ANN, LATER);
        rig.feed(
                frame(
                        view("1", "\"user_id\":\"ann\""),
                        received("2", "{\"event_type\":\"nonsense\",\"user_id\":\"ann\"}"),
                        received("3", "{\"user_id\":\"ann\",")));

        rig.consumer.runUntilIdle();

        String only = rig.streams.records(PipelineRig.RAW).getFirst().sequence().toString();
        assertThat(rig.log.lines())
                .containsExactly(
                        "publish s3://lake/state/sluice-validator/" + SHARD + "/" + only + "-a",
                        "page " + SHARD + " 2026-11-21T10:00:00Z up to " + only,
                        "checkpoint sluice-raw " + SHARD + " " + only);
        assertThat(rig.booked()).containsOnlyKeys("shop");
        assertThat(rig.booked().get("shop")).isEqualTo(new BookCounts(new Tally(3, 0, 0, 0, 3), 0));
    }

    @Test
    void letsEverybodyElseThrough() {
        rig.suppress(SHOP, DEVICE, LATER);
        rig.feed(
                frame(
                        good("1"),
                        good("2"),
                        received("3", "{\"event_type\":\"nonsense\",\"user_id\":\"a-1\"}"),
                        received("4", "not json")));

        rig.consumer.runUntilIdle();

        assertThat(published()).containsExactly("2");
        assertThat(rig.quarantined()).extracting(line -> line.eventId()).containsExactly("3", "4");
        assertThat(rig.count("suppressed")).isEqualTo(1);
    }

    @Test
    void letsThroughWhatWasReceivedAfterTheErasureUnlessItIsForEver() {
        rig.suppress(SHOP, ANN, LATER - 1);
        rig.feed(frame(view("1", "\"user_id\":\"ann\"")));
        rig.consumer.runUntilIdle();
        assertThat(published()).containsExactly("1");

        rig.suppress(SHOP, ANN, SuppressionList.FOR_EVER);
        rig.feed(frame(view("2", "\"user_id\":\"ann\"")));
        rig.consumer.runUntilIdle();
        assertThat(published()).containsExactly("1");
        assertThat(rig.count("suppressed")).isEqualTo(1);
    }

    @Test
    void doesNotTakeTheNamesakeOfAnotherTenant() {
        rig.suppress(new TenantId("bank"), ANN, LATER);
        rig.feed(frame(view("1", "\"user_id\":\"ann\"")));

        rig.consumer.runUntilIdle();

        assertThat(published()).containsExactly("1");
    }

    /// A copy of what was published before the erasure is suppressed, not a duplicate; and what is
    /// suppressed is not remembered.
    @Test
    void comesBeforeTheDuplicates() {
        rig.feed(frame(view("1", "\"user_id\":\"ann\"")));
        rig.consumer.runUntilIdle();
        rig.suppress(SHOP, ANN, LATER);
        rig.feed(frame(view("1", "\"user_id\":\"ann\""), view("2", "\"user_id\":\"ann\"")));
        rig.consumer.runUntilIdle();
        rig.suppressed = SuppressionList.EMPTY;
        rig.feed(frame(view("2", "\"user_id\":\"ann\"")));
        rig.consumer.runUntilIdle();

        assertThat(published()).containsExactly("1", "2");
        assertThat(rig.count("suppressed")).isEqualTo(2);
        assertThat(rig.count("duplicate")).isZero();
    }

    @Test
    void findsThePersonInWhatTheDoorRefused() {
        rig.suppress(SHOP, ANN, LATER);
        SectionedEvent refused =
                received(
                        Fixtures.refused(SHOP, "1", new Rejection.Malformed("no event_type")),
                        "{\"userId\":\"ann\"}".getBytes(StandardCharsets.UTF_8));
        rig.feed(frame(refused));

        rig.consumer.runUntilIdle();

        assertThat(rig.quarantined()).isEmpty();
        assertThat(rig.count("suppressed")).isEqualTo(1);
    }

    /// Whose a frame is that nobody can read cannot be told.
    @Test
    void quarantinesAFrameThatCannotBeRead() {
        rig.suppress(SHOP, ANN, SuppressionList.FOR_EVER);
        rig.feed("{\"user_id\":\"ann\"}".getBytes(StandardCharsets.UTF_8));

        rig.consumer.runUntilIdle();

        assertThat(rig.quarantined()).hasSize(1);
        assertThat(rig.count("suppressed")).isZero();
    }

    private static SectionedEvent view(String eventId, String ids) {
        return received(eventId, "{\"event_type\":\"page_view\"," + ids + "}");
    }

    private List<String> published() {
        return rig.published().stream()
                .map(event -> Receipt.decode(event.receipt()).eventId().value())
                .toList();
    }
}
