package dev.sluice.contracts.pii.text;

import org.jspecify.annotations.Nullable;

/// Finds what is made of digits: cards, national ids, phone numbers, in that order. Of the numbers
/// that begin at a place the longest counts.
final class Numbers {

    private static final int FEWEST_DIGITS = 7;

    private Numbers() {}

    static void find(PlainForm text, Findings found) {
        int at = 0;
        while (at < text.length()) {
            if (!text.isDigit(at)) {
                at++;
            } else if (text.isWord(at - 1)) {
                at = wordTo(text, at);
            } else {
                DigitRun run = DigitRun.at(text, at);
                search(text, run, found);
                at = run.end();
            }
        }
    }

    private static void search(PlainForm text, DigitRun run, Findings found) {
        int first = 0;
        while (first < run.groups()) {
            int next = first + 1;
            for (int last = run.lastFor(first); last >= first; last--) {
                DigitRun.Window number = run.window(first, last);
                if (number.digits().length() < FEWEST_DIGITS) {
                    break;
                }
                @Nullable PiiKind kind = kind(number);
                if (kind != null && add(text, number, kind, found)) {
                    next = last + 1;
                    break;
                }
            }
            first = next;
        }
    }

    private static @Nullable PiiKind kind(DigitRun.Window number) {
        if (Cards.is(number)) {
            return PiiKind.CARD;
        }
        if (NationalNumbers.is(number)) {
            return PiiKind.NATIONAL_ID;
        }
        return PhoneNumbers.is(number) ? PiiKind.PHONE : null;
    }

    /// With the sign and the bracket that belong to it.
    private static boolean add(
            PlainForm text, DigitRun.Window number, PiiKind kind, Findings found) {
        int from = number.from();
        if (kind == PiiKind.PHONE) {
            boolean bracket = text.around(from - 1) == '(' && closes(text, number);
            from -= bracket ? 1 : 0;
            from -= text.around(from - 1) == '+' ? 1 : 0;
        }
        return found.add(kind, from, number.to());
    }

    private static boolean closes(PlainForm text, DigitRun.Window number) {
        for (int i = number.from(); i < number.to(); i++) {
            if (text.at(i) == ')') {
                return true;
            }
        }
        return false;
    }

    private static int wordTo(PlainForm text, int from) {
        int at = from;
        while (text.isWord(at)) {
            at++;
        }
        return at;
    }
}
