package dev.sluice.day;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crash.Finding;
import dev.sluice.day.DayTable.Column;
import dev.sluice.loader.upkeep.LoadLatency;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

class DayReportTest {

    private static final Column IDS = column(11, 4);
    private static final Map<String, Column> BEFORE =
            Map.of(
                    "event_id",
                    IDS,
                    "traffic_channel",
                    column(5, 3),
                    "enrichments_applied",
                    column(7, 4),
                    "enrichments_skipped",
                    Column.NONE);

    private final DayReport report = new DayReport();

    @Test
    void theSameTableProvesIt() {
        report.same("same", BEFORE, Map.copyOf(BEFORE));

        assertThat(report.proven()).isTrue();
    }

    @Test
    void aColumnOfOtherValuesOrThatIsGoneSpeaksAgainstIt() {
        report.same(
                "same",
                BEFORE,
                Map.of(
                        "event_id", column(12, 4),
                        "traffic_channel", column(5, 3),
                        "enrichments_applied", column(7, 4)));

        assertThat(report.findings()).singleElement().extracting(Finding::against).isEqualTo(1L);
        assertThat(report.findings().getFirst().examples()).containsExactly("event_id");
    }

    @Test
    void tracelessSourcesAndNothingElseProveIt() {
        report.withoutTraffic(
                4,
                BEFORE,
                Map.of(
                        "event_id",
                        IDS,
                        "traffic_channel",
                        Column.NONE,
                        "enrichments_applied",
                        column(6, 4),
                        "enrichments_skipped",
                        column(9, 4)));

        assertThat(report.proven()).isTrue();
    }

    @Test
    void aChangeElsewhereAndSourcesThatStayedSpeakAgainstIt() {
        report.withoutTraffic(
                4,
                BEFORE,
                Map.of(
                        "event_id", column(12, 4),
                        "traffic_channel", column(4, 1),
                        "enrichments_applied", column(6, 4),
                        "enrichments_skipped", column(9, 3)));

        assertThat(report.findings().getFirst().examples())
                .containsExactly(
                        "enrichments_skipped has a value in 3 rows",
                        "event_id changed",
                        "traffic_channel has values still");
    }

    @Test
    void aReplayThatChangedNothingShowsNothing() {
        report.withoutTraffic(4, BEFORE, BEFORE);

        assertThat(report.proven()).isFalse();
    }

    @Test
    void staleLiveEventsSpeakAgainstItAndSoDoNone() {
        report.live(
                "a", new LoadLatency.Measured(9, Duration.ofSeconds(2), Duration.ofSeconds(29)));
        assertThat(report.proven()).isTrue();

        report.live(
                "b", new LoadLatency.Measured(9, Duration.ofSeconds(2), Duration.ofSeconds(30)));
        report.live("c", new LoadLatency.Measured(0, Duration.ZERO, Duration.ZERO));
        assertThat(report.findings()).extracting(Finding::against).containsExactly(0L, 1L, 1L);
    }

    private static Column column(long checksum, long filled) {
        return new Column(BigDecimal.valueOf(checksum), filled);
    }
}
