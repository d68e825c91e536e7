package dev.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.crash.BooksAudit.Minute;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class BooksAuditTest {

    private static final String MINUTE = "2026-11-25T23:04";

    @Test
    void holdsWhenTheBooksSayWhatIsThere() {
        assertThat(against(minute(10, 7, 2, 1, 0), 7, 2, 10)).isEmpty();
    }

    @Test
    void aDifferenceIsReportedWithItsMinute() {
        assertThat(against(minute(10, 6, 2, 1, 1), 6, 2, 10))
                .singleElement()
                .asString()
                .contains("the books balance", MINUTE, "difference=1");
    }

    @Test
    void balancedBooksThatCountOtherThanIsThereAreWrong() {
        assertThat(against(minute(10, 7, 2, 1, 0), 8, 1, 10))
                .containsExactly(
                        "the books count the rows that are there: ["
                                + MINUTE
                                + ": 7 in the books, 8 found]",
                        "the books count the quarantine that is there: ["
                                + MINUTE
                                + ": 2 in the books, 1 found]");
    }

    @Test
    void aMinuteThatIsNotInTheBooksIsMissed() {
        assertThat(findings(List.of(), Map.of(MINUTE, 3L), Map.of(), 0))
                .containsExactly(
                        "the books count the rows that are there: ["
                                + MINUTE
                                + ": 0 in the books, 3 found]");
    }

    @Test
    void whatWasAcknowledgedWasAccepted() {
        assertThat(against(minute(10, 7, 2, 1, 0), 7, 2, 11))
                .containsExactly(
                        "the books know of all that was acknowledged: [10 accepted, 11"
                                + " acknowledged]");
    }

    private static List<String> against(
            Minute minute, long rows, long quarantined, long acknowledged) {
        return findings(
                List.of(minute), Map.of(MINUTE, rows), Map.of(MINUTE, quarantined), acknowledged);
    }

    private static List<String> findings(
            List<Minute> minutes,
            Map<String, Long> rows,
            Map<String, Long> quarantined,
            long acknowledged) {
        return new BooksAudit(minutes, rows, quarantined, acknowledged)
                .findings().stream()
                        .filter(finding -> !finding.holds())
                        .map(finding -> finding.claim() + ": " + finding.examples())
                        .toList();
    }

    private static Minute minute(
            long accepted, long loaded, long quarantined, long duplicates, long difference) {
        return new Minute(MINUTE, accepted, loaded, quarantined, duplicates, 0, difference);
    }
}
