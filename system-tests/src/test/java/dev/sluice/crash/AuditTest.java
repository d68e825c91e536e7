package dev.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.traffic.Expectation;
import dev.sluice.traffic.load.Delivery;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class AuditTest {

    private static final Delivery GOOD = acknowledged("good", new Expectation.Loaded());
    private static final Delivery BAD =
            acknowledged("bad", new Expectation.Quarantined(RejectionReason.UNKNOWN_TYPE));
    private static final Delivery UNANSWERED =
            new Delivery("unanswered", new Expectation.Loaded(), 0, 0, 1, 1);

    @Test
    void holdsWhenEveryEventIsWhereItsSenderWasTold() {
        assertThat(audit(Map.of("good", 1), Set.of("bad"), Set.of("good", "bad")))
                .allMatch(Finding::holds);
    }

    @Test
    void anEventThatIsNowhereIsLost() {
        assertThat(against(Map.of(), Set.of("bad"), Set.of("good", "bad")))
                .contains("every acknowledged event is a row or in the quarantine: [good]");
    }

    @Test
    void twoRowsOfOneEventAreOneTooMany() {
        assertThat(against(Map.of("good", 2), Set.of("bad"), Set.of("good", "bad")))
                .containsExactly("no event has two rows: [good]");
    }

    @Test
    void aBadEventThatIsARowIsMisplaced() {
        assertThat(against(Map.of("good", 1, "bad", 1), Set.of(), Set.of("good", "bad")))
                .containsExactly("good events are rows, bad ones in the quarantine: [bad]");
    }

    @Test
    void anUnansweredEventMayBeARowAndMayNot() {
        assertThat(
                        against(
                                Map.of("good", 1, "unanswered", 1),
                                Set.of("bad"),
                                Set.of("good", "bad")))
                .isEmpty();
    }

    @Test
    void aRowThatNobodySentIsReported() {
        assertThat(against(Map.of("good", 1, "ghost", 1), Set.of("bad"), Set.of("good", "bad")))
                .containsExactly("every row was sent: [ghost]");
    }

    @Test
    void theArchiveOwesEveryAcknowledgedEvent() {
        assertThat(against(Map.of("good", 1), Set.of("bad"), Set.of("good")))
                .containsExactly("every acknowledged event is in the raw archive: [bad]");
    }

    private static List<String> against(
            Map<String, Integer> rows, Set<String> quarantined, Set<String> archived) {
        return audit(rows, quarantined, archived).stream()
                .filter(finding -> !finding.holds())
                .map(finding -> finding.claim() + ": " + finding.examples())
                .toList();
    }

    private static List<Finding> audit(
            Map<String, Integer> rows, Set<String> quarantined, Set<String> archived) {
        return new Audit(
                        List.of(GOOD, BAD, UNANSWERED),
                        new Audit.Evidence(rows, quarantined, rows, archived))
                .findings();
    }

    private static Delivery acknowledged(String id, Expectation expectation) {
        return new Delivery(id, expectation, 1, 0, 0, 0);
    }
}
