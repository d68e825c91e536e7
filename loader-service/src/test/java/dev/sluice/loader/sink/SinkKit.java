package dev.sluice.loader.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.loader.Fixtures;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What every sink does.
public abstract class SinkKit {

    /// A sink with nothing in it.
    protected abstract Sink sink();

    /// What anybody finds in it now: `tenant/event id @ time of enrichment`, sorted.
    protected abstract List<String> stored();

    @Test
    void holdsWhatWasWritten() {
        assertThat(write(sink(), SinkFixtures.pageView("e1"), SinkFixtures.pageView("e2")))
                .isEqualTo(SinkAnswer.Sorted.WRITTEN);

        assertThat(stored())
                .containsExactly(
                        "acme/e1 @ 2026-11-21T10:00:01.000000Z",
                        "acme/e2 @ 2026-11-21T10:00:01.000000Z");
    }

    @Test
    void writingAgainChangesNothing() {
        Sink sink = sink();
        write(sink, SinkFixtures.pageView("e1"), SinkFixtures.pageView("e2"));
        write(sink, SinkFixtures.pageView("e1"), SinkFixtures.pageView("e2"));
        write(sink, SinkFixtures.pageView("e2"));

        assertThat(stored()).hasSize(2);
    }

    @Test
    void ofTwoRowsOfAnEventTheOneEnrichedLastStaysWhicheverComesFirst() {
        Sink sink = sink();
        write(sink, SinkFixtures.pageView("e1"));
        write(sink, SinkFixtures.pageView("e1", "2026-12-01T00:00:00Z"));
        write(sink, SinkFixtures.pageView("e2", "2026-12-01T00:00:00Z"));
        write(sink, SinkFixtures.pageView("e2"));

        assertThat(stored())
                .containsExactly(
                        "acme/e1 @ 2026-12-01T00:00:00.000000Z",
                        "acme/e2 @ 2026-12-01T00:00:00.000000Z");
    }

    @Test
    void idsOfEventsAreATenantsOwn() {
        Instant received = Fixtures.RECEIVED;
        write(
                sink(),
                SinkFixtures.row(Fixtures.search("acme", "e1", received)),
                SinkFixtures.row(Fixtures.search("rival", "e1", received)));

        assertThat(stored()).hasSize(2);
    }

    @Test
    void takesValuesOfAllTypes() {
        Sink sink = sink();
        String body = SinkFixtures.MESSAGE;
        assertThat(
                        write(
                                sink,
                                SinkFixtures.row(
                                        Fixtures.received(
                                                "acme",
                                                "m1",
                                                Fixtures.RECEIVED,
                                                "response_generated",
                                                body))))
                .isEqualTo(SinkAnswer.Sorted.WRITTEN);

        assertThat(stored()).hasSize(1);
    }

    @Test
    void takesManyRowsAtOnce() {
        SinkRow[] rows =
                IntStream.range(0, 2000)
                        .mapToObj(i -> SinkFixtures.pageView("e" + i))
                        .toArray(SinkRow[]::new);

        write(sink(), rows);

        assertThat(stored()).hasSize(2000);
    }

    @Test
    void erasesThePersonsEventsOfBeforeAndNobodyElses() {
        Sink sink = sink();
        Instant asked = Fixtures.RECEIVED.plusSeconds(60);
        write(
                sink,
                SinkFixtures.row(Fixtures.of("user", null, "o'hara", "p")),
                SinkFixtures.row(Fixtures.of("device", "tablet\\", null, "p")),
                SinkFixtures.row(Fixtures.of("both", "tablet\\", "o'hara", "p")),
                SinkFixtures.row(Fixtures.of("bystander", "o'hara", "tablet\\", "p")),
                SinkFixtures.row(Fixtures.search("rival", "rival", Fixtures.RECEIVED)),
                SinkFixtures.row(Fixtures.search("acme", "before", asked.minusNanos(1000))),
                SinkFixtures.row(Fixtures.search("acme", "after", asked)));

        SinkErasure erasure =
                new SinkErasure(
                        new TenantId("acme"),
                        Set.of(
                                new SubjectId(SubjectKind.USER_ID, "o'hara"),
                                new SubjectId(SubjectKind.ANONYMOUS_ID, "tablet\\"),
                                new SubjectId(SubjectKind.ANONYMOUS_ID, "device-1")),
                        asked);
        sink.erase(erasure);
        sink.erase(erasure);

        assertThat(stored().stream().map(each -> each.split(" ")[0]))
                .containsExactlyInAnyOrder("acme/after", "acme/bystander", "rival/rival");
    }

    private static SinkAnswer write(Sink sink, SinkRow... rows) {
        return sink.write("shardId-000000000000-1-2", List.of(rows));
    }
}
