package dev.sluice.contracts.pii.text;

import dev.sluice.contracts.pii.text.Cues.Cue;

/// National ids of digits alone. What their check digit proves too little of counts only in its
/// usual writing, or after a word that says what it is.
final class NationalNumbers {

    private NationalNumbers() {}

    static boolean is(DigitRun.Window number) {
        if (number.cue() == Cue.REFERENCE) {
            return false;
        }
        boolean said = number.cue() == Cue.STATE;
        return switch (number.digits().length()) {
            case 9 -> isOfNine(number, said);
            case 10 -> isSwedish(number, said);
            case 11 -> isOfEleven(number, said);
            case 12 -> isSwedish(number, said);
            case 13 -> isSwiss(number);
            case 15 -> isFrench(number);
            default -> false;
        };
    }

    /// The United States' SSN and the Netherlands' BSN.
    private static boolean isOfNine(DigitRun.Window number, boolean said) {
        String digits = number.digits();
        boolean american =
                number.isShaped(3, 2, 4) && (said || number.isJoinedBy('-'))
                        || number.groups() == 1 && said;
        if (american && isSsn(digits)) {
            return true;
        }
        return said && Digits.weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
    }

    /// SSA, "Valid SSNs": no 000, 666 or 9xx, no group of zeros alone.
    private static boolean isSsn(String digits) {
        long area = Digits.number(digits, 0, 3);
        return area != 0
                && area != 666
                && area < 900
                && Digits.number(digits, 3, 5) != 0
                && Digits.number(digits, 5, 9) != 0;
    }

    /// Personnummer, with or without the century.
    private static boolean isSwedish(DigitRun.Window number, boolean said) {
        String digits = number.digits();
        int start = digits.length() - 10;
        boolean written = number.isShaped(start + 6, 4) && number.isJoinedBy('-');
        return (written || said && number.groups() == 1)
                && Digits.isDay(digits, start + 2, start + 4)
                && Digits.luhn(digits.substring(start));
    }

    private static boolean isOfEleven(DigitRun.Window number, boolean said) {
        String digits = number.digits();
        boolean plain = number.groups() == 1;
        return (said && plain || number.isShaped(2, 3, 3, 3)) && isGerman(digits)
                || (said && plain || number.isShaped(2, 2, 2, 3, 2)) && isBelgian(digits)
                || (said && plain || number.isShaped(3, 3, 3, 2)) && isBrazilian(digits)
                || plain && isPolish(digits);
    }

    /// Steuerliche Identifikationsnummer: ISO 7064 MOD 11,10; of the first ten digits one or two
    /// come more than once, none more than three times.
    private static boolean isGerman(String digits) {
        int[] times = new int[10];
        int product = 10;
        for (int i = 0; i < 10; i++) {
            times[Digits.at(digits, i)]++;
            int sum = (Digits.at(digits, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        int missing = 0;
        for (int each : times) {
            missing += each == 0 ? 1 : 0;
            if (each > 3) {
                return false;
            }
        }
        boolean repeats = missing == 1 || missing == 2;
        return digits.charAt(0) != '0' && repeats && (11 - product) % 10 == Digits.at(digits, 10);
    }

    /// Rijksregisternummer: what is left of 97; those born since 2000 with a 2 before.
    private static boolean isBelgian(String digits) {
        long number = Digits.number(digits, 0, 9);
        long check = Digits.number(digits, 9, 11);
        return Digits.isDay(digits, 2, 4)
                && (97 - number % 97 == check || 97 - (2_000_000_000L + number) % 97 == check);
    }

    /// CPF: two digits of modulus 11.
    private static boolean isBrazilian(String digits) {
        int first = Digits.weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = Digits.weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        boolean same = digits.chars().distinct().count() == 1;
        return !same && first == Digits.at(digits, 9) && second == Digits.at(digits, 10);
    }

    /// PESEL; the month tells the century too.
    private static boolean isPolish(String digits) {
        long month = Digits.number(digits, 2, 4) % 20;
        long day = Digits.number(digits, 4, 6);
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= 31
                && Digits.weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    /// AHV number: 756 and the check digit of an EAN.
    private static boolean isSwiss(DigitRun.Window number) {
        return number.digits().startsWith("756")
                && (number.groups() == 1 || number.isShaped(3, 4, 4, 2))
                && Digits.weighted(number.digits(), 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10
                        == 0;
    }

    /// NIR: sex, year, month, and 97 less what is left of 97. Corsica's letters are not known here.
    private static boolean isFrench(DigitRun.Window number) {
        String digits = number.digits();
        long month = Digits.number(digits, 3, 5);
        boolean plausible =
                (digits.charAt(0) == '1' || digits.charAt(0) == '2')
                        && (month >= 1 && month <= 12 || month >= 20);
        return plausible && 97 - Digits.number(digits, 0, 13) % 97 == Digits.number(digits, 13, 15);
    }
}
