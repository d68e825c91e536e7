package dev.sluice.contracts.pii.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How much of what people labelled is found, and how much of what is found they labelled.
///
/// A label counts as found when a finding of its kind covers all its letters and digits; a finding
/// counts as right when it overlaps a label of its kind.
class LabelledSetTest {

    private static final List<LabelledText> SET = LabelledText.all();

    private static final class Score {
        private int labelled;
        private int recalled;
        private int found;
        private int right;

        double recall() {
            return labelled == 0 ? 1 : (double) recalled / labelled;
        }

        double precision() {
            return found == 0 ? 1 : (double) right / found;
        }

        @Override
        public String toString() {
            return "recall %.3f (%d of %d), precision %.3f (%d of %d)"
                    .formatted(recall(), recalled, labelled, precision(), right, found);
        }
    }

    private final Map<PiiKind, Score> byKind = new EnumMap<>(PiiKind.class);
    private final Score all = new Score();
    private final List<String> wrong = new ArrayList<>();

    /// Overlooked is worse than masked once too often, so recall has to be higher; cards and IBANs
    /// have check digits, so nearly nothing excuses an error in them.
    @Test
    void findsNearlyAllAndLittleElse() {
        SET.forEach(this::score);
        byKind.forEach((kind, score) -> System.out.println(kind.text() + ": " + score));
        System.out.println("all: " + all);
        wrong.forEach(System.out::println);

        assertThat(all.recall()).isGreaterThanOrEqualTo(0.96);
        assertThat(all.precision()).isGreaterThanOrEqualTo(0.95);
        assertThat(scoreOf(PiiKind.EMAIL).recall()).isGreaterThanOrEqualTo(0.97);
        assertThat(scoreOf(PiiKind.CARD).recall()).isGreaterThanOrEqualTo(0.97);
        assertThat(scoreOf(PiiKind.IBAN).recall()).isEqualTo(1);
        assertThat(scoreOf(PiiKind.PHONE).recall()).isGreaterThanOrEqualTo(0.93);
        assertThat(scoreOf(PiiKind.PHONE).precision()).isGreaterThanOrEqualTo(0.93);
    }

    @Test
    void isLargeAndHardEnough() {
        assertThat(SET).hasSizeGreaterThanOrEqualTo(500);
        assertThat(SET.stream().filter(text -> text.spans().isEmpty()).count())
                .isGreaterThanOrEqualTo(SET.size() * 2L / 5);
    }

    @Test
    void isNeverFoundAfterTheGlanceSaidNo() {
        for (LabelledText each : SET) {
            byte[] bytes = each.text().getBytes(StandardCharsets.UTF_8);
            if (!TextScrubber.find(each.text()).isEmpty()) {
                assertThat(TextScrubber.mayHold(bytes, 0, bytes.length)).as(each.text()).isTrue();
            }
        }
    }

    private void score(LabelledText each) {
        List<Finding> found = TextScrubber.find(each.text());
        for (Finding label : each.spans()) {
            boolean recalled =
                    found.stream()
                            .anyMatch(
                                    one -> one.kind() == label.kind() && covers(each, one, label));
            count(label.kind(), score -> score.labelled++);
            if (recalled) {
                count(label.kind(), score -> score.recalled++);
            } else {
                wrong.add("missed " + label.kind().text() + " in: " + each.text());
            }
        }
        for (Finding one : found) {
            boolean right =
                    each.spans().stream()
                            .anyMatch(
                                    label ->
                                            label.kind() == one.kind()
                                                    && label.from() < one.to()
                                                    && one.from() < label.to());
            count(one.kind(), score -> score.found++);
            if (right) {
                count(one.kind(), score -> score.right++);
            } else {
                wrong.add("took for " + one.kind().text() + " in: " + each.text());
            }
        }
    }

    private static boolean covers(LabelledText text, Finding one, Finding label) {
        for (int i = label.from(); i < label.to(); i++) {
            boolean inside = i >= one.from() && i < one.to();
            if (!inside && Character.isLetterOrDigit(text.text().charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private Score scoreOf(PiiKind kind) {
        return byKind.computeIfAbsent(kind, _ -> new Score());
    }

    private void count(PiiKind kind, Consumer<Score> change) {
        change.accept(scoreOf(kind));
        change.accept(all);
    }
}
