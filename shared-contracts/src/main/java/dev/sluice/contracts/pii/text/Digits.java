package dev.sluice.contracts.pii.text;

/// Check digits of numbers, given as their digits.
final class Digits {

    private Digits() {}

    /// Luhn, ISO/IEC 7812-1 annex B.
    static boolean luhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = at(digits, digits.length() - 1 - i);
            int twice = digit * 2;
            sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }

    /// The sum of digits, each times its weight.
    static int weighted(CharSequence digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += at(digits, i) * weights[i];
        }
        return sum;
    }

    static int at(CharSequence digits, int index) {
        return digits.charAt(index) - '0';
    }

    /// The number that digits from one place to another are; at most 18 of them.
    static long number(CharSequence digits, int from, int to) {
        return Long.parseLong(digits, from, to, 10);
    }

    /// Whether digits are a month and a day that a year can have.
    static boolean isDay(CharSequence digits, int month, int day) {
        long ofYear = number(digits, month, month + 2);
        long ofMonth = number(digits, day, day + 2);
        return ofYear >= 1 && ofYear <= 12 && ofMonth >= 1 && ofMonth <= 31;
    }
}
