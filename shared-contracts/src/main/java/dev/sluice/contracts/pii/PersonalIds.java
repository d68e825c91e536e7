package dev.sluice.contracts.pii;

import dev.sluice.contracts.pii.text.Finding;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.pii.text.TextScrubber;

import java.nio.charset.StandardCharsets;

/// Which ids are no pseudonyms, since they hold an e-mail address or a phone number.
public final class PersonalIds {

    private static final int FEWEST_DIGITS = 7;

    private PersonalIds() {}

    /// Whether an id, as it stands in JSON, needs a closer look.
    static boolean mayBe(byte[] bytes, int from, int length) {
        boolean letters = false;
        int digits = 0;
        for (int i = from; i < from + length; i++) {
            byte unit = bytes[i];
            if (unit <= ' ' || "@%([\\".indexOf(unit) >= 0) {
                return true;
            }
            letters |= (unit | 0x20) >= 'a' && (unit | 0x20) <= 'z';
            digits += unit >= '0' && unit <= '9' ? 1 : 0;
        }
        return digits >= FEWEST_DIGITS && !letters;
    }

    public static boolean is(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        if (!mayBe(bytes, 0, bytes.length)) {
            return false;
        }
        for (Finding each : TextScrubber.find(id)) {
            if (each.kind() == PiiKind.EMAIL || each.kind() == PiiKind.PHONE) {
                return true;
            }
        }
        return false;
    }
}
