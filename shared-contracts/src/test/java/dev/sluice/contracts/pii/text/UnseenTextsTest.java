package dev.sluice.contracts.pii.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts that were written when the finders were done and that nobody tunes them to, with what is
/// personal in braces: what the figures of the labelled set are worth.
class UnseenTextsTest {

    private static final Pattern LABEL = Pattern.compile("\\{([a-z_]+):([^}]*)}");

    @Test
    void findsNearlyAllAndLittleElse() throws IOException {
        int labelled = 0;
        int recalled = 0;
        int found = 0;
        int right = 0;
        for (String line : lines()) {
            String text = LABEL.matcher(line).replaceAll("$2");
            List<Finding> findings = TextScrubber.find(text);
            String scrubbed =
                    Objects.requireNonNullElse(
                            TextScrubber.scrub(text, EnumSet.noneOf(PiiKind.class)), text);
            Matcher labels = LABEL.matcher(line);
            int here = 0;
            while (labels.find()) {
                here++;
                labelled++;
                boolean gone = !scrubbed.contains(labels.group(2));
                recalled += gone ? 1 : 0;
                if (!gone) {
                    System.out.println("missed " + labels.group(1) + " in: " + text);
                }
            }
            found += findings.size();
            right += Math.min(here, findings.size());
            if (findings.size() > here) {
                System.out.println("took too much in: " + text + " -> " + scrubbed);
            }
        }
        System.out.printf(
                "recall %d of %d, precision %d of %d%n", recalled, labelled, right, found);

        assertThat(recalled).isGreaterThanOrEqualTo(labelled * 9 / 10);
        assertThat(right).isGreaterThanOrEqualTo(found * 9 / 10);
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        UnseenTextsTest.class.getResourceAsStream("/pii/unseen.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
