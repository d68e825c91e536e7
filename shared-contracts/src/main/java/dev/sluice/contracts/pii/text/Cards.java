package dev.sluice.contracts.pii.text;

import dev.sluice.contracts.pii.text.Cues.Cue;

/// Numbers of payment cards: 13 to 19 digits with an issuer's beginning and the check digit of
/// Luhn, written in a way in which people write such numbers.
final class Cards {

    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    private Cards() {}

    static boolean is(DigitRun.Window number) {
        String digits = number.digits();
        if (digits.length() < SHORTEST
                || digits.length() > LONGEST
                || !isIssued(digits)
                || !Digits.luhn(digits)) {
            return false;
        }
        Cue cue = number.cue();
        if (digits.length() == SHORTEST) {
            return cue == Cue.CARD;
        }
        return number.groups() == 1 ? cue != Cue.REFERENCE : isGrouped(number);
    }

    /// In groups of three and more; in smaller ones only if nothing else stands with it.
    private static boolean isGrouped(DigitRun.Window number) {
        int smallest = LONGEST;
        for (int i = 0; i + 1 < number.groups(); i++) {
            smallest = Math.min(smallest, number.size(i));
        }
        return smallest >= 3 || number.isWhole();
    }

    private static boolean isIssued(String digits) {
        int length = digits.length();
        int four = (int) Digits.number(digits, 0, 4);
        int two = four / 100;
        return switch (four / 1000) {
            case 2 -> four >= 2221 && four <= 2720 && length == 16;
            case 3 -> isIssuedWithThree(four, length);
            case 4 -> length == 13 || length == 16 || length == 19;
            case 5 -> two >= 51 && two <= 55 && length == 16 || two == 50 || two >= 56 && two <= 58;
            case 6 -> isIssuedWithSix(four, length);
            default -> false;
        };
    }

    /// American Express, Diners Club, JCB.
    private static boolean isIssuedWithThree(int four, int length) {
        int two = four / 100;
        return switch (two) {
            case 34, 37 -> length == 15;
            case 30 -> four <= 3059 && length >= 14;
            case 36, 38, 39 -> length >= 14;
            case 35 -> four >= 3528 && four <= 3589 && length >= 16;
            default -> false;
        };
    }

    /// Discover, UnionPay, Maestro.
    private static boolean isIssuedWithSix(int four, int length) {
        int two = four / 100;
        return length >= 16
                && (four == 6011 || four / 10 >= 644 && four / 10 <= 649 || two == 65 || two == 62);
    }
}
