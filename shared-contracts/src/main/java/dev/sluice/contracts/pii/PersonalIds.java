package dev.sluice.contracts.pii;

import dev.sluice.contracts.pii.text.Finding;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.pii.text.TextScrubber;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Which ids are no pseudonyms, since they hold an e-mail address or a phone number.
final class PersonalIds {

    private static final int FEWEST_DIGITS = 7;

    private static final byte LETTER = 1;
    private static final byte DIGIT = 2;
    private static final byte SUSPICIOUS = 3;
    private static final byte[] UNITS = units();

    private PersonalIds() {}

    /// Whether an id, as it stands in JSON, needs a closer look.
    static boolean mayBe(byte[] bytes, int from, int length) {
        boolean letters = false;
        int digits = 0;
        for (int i = from; i < from + length; i++) {
            switch (UNITS[bytes[i] & 0xFF]) {
                case SUSPICIOUS -> {
                    return true;
                }
                case LETTER -> letters = true;
                case DIGIT -> digits++;
                default -> {}
            }
        }
        return digits >= FEWEST_DIGITS && !letters;
    }

    static boolean is(String id) {
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

    private static byte[] units() {
        byte[] units = new byte[256];
        Arrays.fill(units, 'a', 'z' + 1, LETTER);
        Arrays.fill(units, 'A', 'Z' + 1, LETTER);
        Arrays.fill(units, '0', '9' + 1, DIGIT);
        Arrays.fill(units, 0, ' ' + 1, SUSPICIOUS);
        Arrays.fill(units, 0x80, 0x100, SUSPICIOUS);
        for (char unit : "@%([\\".toCharArray()) {
            units[unit] = SUSPICIOUS;
        }
        return units;
    }
}
