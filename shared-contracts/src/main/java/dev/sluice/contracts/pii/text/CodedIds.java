package dev.sluice.contracts.pii.text;

import dev.sluice.contracts.pii.text.Cues.Cue;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Finds ids of letters and digits: IBANs and national ids. All but the British have a check
/// character.
final class CodedIds {

    /// ISO 13616, registry of SWIFT: all characters.
    private static final Map<String, Integer> IBAN_LENGTHS = ibanLengths();

    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);
    private static final String SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final int[] ITALIAN_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private CodedIds() {}

    static void find(PlainForm text, Findings found) {
        for (int i = 0; i < text.length(); i++) {
            if (text.isWord(i) && !text.isWord(i - 1)) {
                at(text, i, found);
            }
        }
    }

    private static void at(PlainForm text, int from, Findings found) {
        if (!text.isDigit(from)) {
            int iban = ibanTo(text, from);
            if (iban > 0) {
                found.add(PiiKind.IBAN, from, iban);
                return;
            }
        }
        int to = text.isDigit(from) ? withDigitsFirst(text, from) : withLettersFirst(text, from);
        if (to > 0 && Cues.before(text, from) != Cue.REFERENCE) {
            found.add(PiiKind.NATIONAL_ID, from, to);
        }
    }

    private static int withLettersFirst(PlainForm text, int from) {
        StringBuilder code = new StringBuilder(16);
        int to = compact(text, from, 9, code);
        if (to > 0 && isNie(code)) {
            return to;
        }
        if (to > 0
                && isNino(code)
                && (Character.isUpperCase(text.at(from)) || Cues.before(text, from) == Cue.STATE)) {
            return to;
        }
        code.setLength(0);
        to = compact(text, from, 16, code);
        return to > 0 && isCodiceFiscale(code) ? to : -1;
    }

    private static int withDigitsFirst(PlainForm text, int from) {
        StringBuilder code = new StringBuilder(11);
        int to = compact(text, from, 9, code);
        boolean spaced = to > 0 && text.at(to - 2) == ' ';
        if (to > 0 && isDni(code) && (!spaced || Cues.before(text, from) == Cue.STATE)) {
            return to;
        }
        return hetuTo(text, from);
    }

    /// Reads letters and digits, over single spaces and dashes, up to the end of a word.
    ///
    /// @param code gets them in upper case
    /// @return where they end; -1 if there are not so many, or the word goes on
    private static int compact(PlainForm text, int from, int length, StringBuilder code) {
        int at = from;
        while (code.length() < length) {
            char unit = text.around(at);
            if (code.length() > 1 && (unit == ' ' || unit == '-')) {
                unit = text.around(++at);
            }
            boolean ascii =
                    unit >= '0' && unit <= '9' || (unit | 0x20) >= 'a' && (unit | 0x20) <= 'z';
            if (!ascii) {
                return -1;
            }
            code.append(Character.toUpperCase(unit));
            at++;
        }
        return text.isWord(at) ? -1 : at;
    }

    private static int ibanTo(PlainForm text, int from) {
        if (!text.isLetter(from + 1) || !text.isDigit(from + 2) || !text.isDigit(from + 3)) {
            return -1;
        }
        Integer length = IBAN_LENGTHS.get(text.slice(from, from + 2).toUpperCase(Locale.ROOT));
        StringBuilder code = new StringBuilder(34);
        int to = length == null ? -1 : compact(text, from, length, code);
        return to > 0 && remainder(code) == 1 ? to : -1;
    }

    /// ISO 7064 MOD 97-10 over the number that the code is with its beginning at the end.
    private static int remainder(CharSequence code) {
        StringBuilder number = new StringBuilder(2 * code.length());
        for (int i = 0; i < code.length(); i++) {
            number.append(Character.digit(code.charAt((i + 4) % code.length()), 36));
        }
        return new BigInteger(number.toString()).mod(NINETY_SEVEN).intValue();
    }

    /// HMRC, National Insurance Manual NIM39110.
    private static boolean isNino(CharSequence code) {
        char first = code.charAt(0);
        char second = code.charAt(1);
        String both = code.subSequence(0, 2).toString();
        return isLetters(code, 0, 2)
                && isDigits(code, 2, 8)
                && "ABCD".indexOf(code.charAt(8)) >= 0
                && "DFIQUV".indexOf(first) < 0
                && "DFIOQUV".indexOf(second) < 0
                && !Set.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ").contains(both);
    }

    private static boolean isDni(CharSequence code) {
        return isDigits(code, 0, 8)
                && code.charAt(8) == SPANISH.charAt((int) (Digits.number(code, 0, 8) % 23));
    }

    private static boolean isNie(CharSequence code) {
        int first = "XYZ".indexOf(code.charAt(0));
        return first >= 0
                && isDigits(code, 1, 8)
                && code.charAt(8)
                        == SPANISH.charAt(
                                (int) ((first * 10_000_000L + Digits.number(code, 1, 8)) % 23));
    }

    /// Agenzia delle Entrate: the last letter, of all before it.
    private static boolean isCodiceFiscale(CharSequence code) {
        boolean shaped =
                isLetters(code, 0, 6)
                        && isDigits(code, 6, 8)
                        && isLetters(code, 8, 9)
                        && isDigits(code, 9, 11)
                        && isLetters(code, 11, 12)
                        && isDigits(code, 12, 15);
        if (!shaped) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char unit = code.charAt(i);
            int value = unit <= '9' ? unit - '0' : unit - 'A';
            sum += i % 2 == 0 ? ITALIAN_ODD[value] : value;
        }
        return code.charAt(15) == 'A' + sum % 26;
    }

    /// Henkilötunnus: `ddmmyy`, a sign of the century, three digits, a check character.
    private static int hetuTo(PlainForm text, int from) {
        String code = text.slice(from, Math.min(text.length(), from + 11)).toUpperCase(Locale.ROOT);
        boolean shaped =
                code.length() == 11
                        && isDigits(code, 0, 6)
                        && "-+A".indexOf(code.charAt(6)) >= 0
                        && isDigits(code, 7, 10)
                        && !text.isWord(from + 11)
                        && Digits.isDay(code, 2, 0);
        if (!shaped) {
            return -1;
        }
        long number = Digits.number(code, 0, 6) * 1000 + Digits.number(code, 7, 10);
        return code.charAt(10) == FINNISH.charAt((int) (number % 31)) ? from + 11 : -1;
    }

    private static boolean isDigits(CharSequence code, int from, int to) {
        for (int i = from; i < to; i++) {
            if (code.charAt(i) < '0' || code.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetters(CharSequence code, int from, int to) {
        for (int i = from; i < to; i++) {
            if (code.charAt(i) < 'A' || code.charAt(i) > 'Z') {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Integer> ibanLengths() {
        String all =
                "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22"
                        + " DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28"
                        + " HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20"
                        + " LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28"
                        + " PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28"
                        + " TL23 TN24 TR26 UA29 VA22 VG24 XK20";
        Map<String, Integer> lengths = new HashMap<>();
        for (String each : all.split(" ")) {
            lengths.put(each.substring(0, 2), Integer.valueOf(each.substring(2)));
        }
        return Map.copyOf(lengths);
    }
}
