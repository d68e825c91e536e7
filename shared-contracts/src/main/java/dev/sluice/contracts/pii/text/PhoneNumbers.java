package dev.sluice.contracts.pii.text;

import dev.sluice.contracts.pii.text.Cues.Cue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Phone numbers: international ones, and national ones in the writing of their country. A number
/// that is written without gaps is one only after a word that says so, or if it begins as mobile
/// numbers do; after the word for an order or an article nothing national is.
final class PhoneNumbers {

    private static final int LONGEST = 15;
    private static final String CURRENCIES = "€$£¥%";
    private static final Set<String> AMOUNTS =
            Set.of("eur", "usd", "gbp", "chf", "euro", "kwh", "pts");

    /// ITU-T E.164, list of assigned country codes.
    private static final Set<String> COUNTRIES = countries();

    private PhoneNumbers() {}

    static boolean is(DigitRun.Window number) {
        String digits = number.digits();
        if (digits.length() > LONGEST + 2 || isDate(number) || isAmount(number)) {
            return false;
        }
        if (number.isInternational()) {
            return isInternational(digits);
        }
        Cue cue = number.cue();
        if (cue == Cue.REFERENCE) {
            return false;
        }
        boolean said = cue == Cue.PHONE || cue == Cue.NONE && number.isSaidToBePhone();
        if (digits.startsWith("00")) {
            return (said || number.groups() > 1) && isInternational(digits.substring(2));
        }
        return said && digits.length() <= 12 && !isDay(digits)
                || (number.groups() == 1
                        ? !number.isInAddress() && isPlainMobile(digits)
                        : isNational(number));
    }

    private static boolean isInternational(String digits) {
        if (digits.length() < 8 || digits.length() > mostDigits(digits)) {
            return false;
        }
        for (int i = 1; i <= 3; i++) {
            if (COUNTRIES.contains(digits.substring(0, i))) {
                return true;
            }
        }
        return false;
    }

    /// With country code, and with the zero that some put into brackets.
    private static int mostDigits(String digits) {
        if (digits.startsWith("1")) {
            return 11;
        }
        return switch (digits.substring(0, 2)) {
            case "33", "34", "31", "32", "41" -> 12;
            case "44" -> 13;
            default -> LONGEST;
        };
    }

    /// Of France and the Netherlands, of Britain, of Germany.
    private static boolean isPlainMobile(String digits) {
        return switch (digits.length()) {
            case 10 -> digits.startsWith("06") || digits.startsWith("07");
            case 11 ->
                    digits.startsWith("07")
                            || digits.startsWith("015")
                            || digits.startsWith("016")
                            || digits.startsWith("017");
            case 12 -> digits.startsWith("015") || digits.startsWith("017");
            default -> false;
        };
    }

    private static boolean isNational(DigitRun.Window number) {
        String digits = number.digits();
        return switch (digits.charAt(0)) {
            case '0' ->
                    digits.charAt(1) != '0'
                            && digits.length() >= 9
                            && digits.length() <= 12
                            && number.size(0) >= 2
                            && number.size(0) <= 6
                            && isEven(number);
            default -> isAmerican(number) || isSpanish(number) || isItalian(number);
        };
    }

    /// No group after the first is a single digit.
    private static boolean isEven(DigitRun.Window number) {
        for (int i = 1; i < number.groups(); i++) {
            if (number.size(i) < 2) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAmerican(DigitRun.Window number) {
        boolean trunk = number.isShaped(1, 3, 3, 4) && number.digits().charAt(0) == '1';
        int area = trunk ? 1 : 0;
        return (trunk || number.isShaped(3, 3, 4))
                && number.digits().charAt(area) >= '2'
                && number.digits().charAt(area + 3) >= '2';
    }

    private static boolean isSpanish(DigitRun.Window number) {
        char first = number.digits().charAt(0);
        return number.isJoinedBy(' ')
                && (number.isShaped(3, 3, 3) && (first == '6' || first == '7')
                        || number.isShaped(3, 2, 2, 2) && (first == '6' || first == '9')
                        || number.isShaped(2, 3, 2, 2) && first == '9');
    }

    private static boolean isItalian(DigitRun.Window number) {
        return number.digits().charAt(0) == '3'
                && number.digits().charAt(1) >= '2'
                && (number.isShaped(3, 3, 4)
                        || number.isShaped(3, 7)
                        || number.isShaped(3, 3, 2, 2)
                        || number.isShaped(3, 4, 3));
    }

    /// Whether it begins with a date: `30.11.2026`, `2026-11-30`.
    private static boolean isDate(DigitRun.Window number) {
        String digits = number.digits();
        if (number.groups() < 3) {
            return false;
        }
        boolean yearLast =
                number.size(0) <= 2
                        && number.size(1) <= 2
                        && number.size(2) == 4
                        && isYear(digits, number.size(0) + number.size(1));
        boolean yearFirst =
                number.size(0) == 4
                        && number.size(1) <= 2
                        && number.size(2) <= 2
                        && isYear(digits, 0);
        return yearLast || yearFirst;
    }

    private static boolean isDay(String digits) {
        return digits.length() == 8 && isYear(digits, 0) && Digits.isDay(digits, 4, 6);
    }

    private static boolean isYear(String digits, int at) {
        return digits.startsWith("19", at) || digits.startsWith("20", at);
    }

    /// Whether it is a decimal fraction or an amount of something.
    private static boolean isAmount(DigitRun.Window number) {
        char before = number.around(number.from() - 1);
        char after = number.around(number.to());
        int unit = after == ' ' ? number.to() + 1 : number.to();
        if (CURRENCIES.indexOf(before) >= 0 || CURRENCIES.indexOf(number.around(unit)) >= 0) {
            return true;
        }
        if (after == ',' || after == '.') {
            char next = number.around(number.to() + 1);
            return after == ',' && next >= '0' && next <= '9';
        }
        String word = number.slice(unit, unit + 4).strip().toLowerCase(Locale.ROOT);
        return AMOUNTS.contains(word) || before == ',' || before == '#';
    }

    private static Set<String> countries() {
        String all =
                "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58"
                        + " 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 211 212 213 216"
                        + " 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236"
                        + " 237 238 239 240 241 242 243 244 245 246 248 249 250 251 252 253 254 255"
                        + " 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299"
                        + " 350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377"
                        + " 378 380 381 382 383 385 386 387 389 420 421 423 500 501 502 503 504 505"
                        + " 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672 673 674"
                        + " 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 800"
                        + " 808 850 852 853 855 856 870 878 880 881 882 883 886 888 960 961 962 963"
                        + " 964 965 966 967 968 970 971 972 973 974 975 976 977 979 992 993 994 995"
                        + " 996 998";
        return Arrays.stream(all.split(" ")).collect(Collectors.toUnmodifiableSet());
    }
}
