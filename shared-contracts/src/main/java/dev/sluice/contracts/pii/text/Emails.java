package dev.sluice.contracts.pii.text;

import java.util.Locale;
import java.util.Set;

/// Finds e-mail addresses, also as people hide them: `eva (at) mail.example`, `eva at mail dot
/// example`.
final class Emails {

    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 255;
    private static final int LONGEST_TOP = 24;

    /// `logo@2x.png` is none.
    private static final Set<String> FILES =
            Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "css", "js", "json", "html");

    /// For addresses in words, where a sentence could look like one.
    private static final Set<String> TOPS =
            Set.of(
                    "com", "org", "net", "edu", "info", "biz", "io", "co", "eu", "de", "at", "ch",
                    "fr", "be", "es", "it", "nl", "uk", "us", "pt", "pl", "se", "dk", "no", "fi",
                    "ie", "br", "mx", "ca", "au", "in", "example", "test");

    private static final Set<String> AT_WORDS =
            Set.of("at", "ät", "arroba", "arobase", "chiocciola", "apenstaartje");
    private static final Set<String> DOT_WORDS = Set.of("dot", "punkt", "point", "punto", "punt");

    private Emails() {}

    static void find(PlainForm text, Findings found) {
        for (int i = 1; i < text.length() - 1; i++) {
            char unit = text.at(i);
            if (unit == '@') {
                i = sign(text, i, found);
            } else if (unit == '(' || unit == '[' || unit == '{') {
                bracketed(text, i, found);
            } else if (unit == ' ' && text.isLetter(i + 1)) {
                word(text, i, found);
            }
        }
    }

    private static int sign(PlainForm text, int at, Findings found) {
        int after = at + 1;
        while (text.around(after) == '@') {
            after++;
        }
        int from = localFrom(text, at);
        int to = domainTo(text, after);
        if (from < at && isDomain(text, after, to)) {
            found.add(PiiKind.EMAIL, from, to);
        }
        return after - 1;
    }

    private static void bracketed(PlainForm text, int open, Findings found) {
        int close = wordTo(text, open + 1);
        if (!AT_WORDS.contains(lower(text, open + 1, close))
                || ")]}".indexOf(text.around(close)) < 0) {
            return;
        }
        int end = text.around(open - 1) == ' ' ? open - 1 : open;
        int start = text.around(close + 1) == ' ' ? close + 2 : close + 1;
        int from = localFrom(text, end);
        int to = domainTo(text, start);
        if (from < end && isDomain(text, start, to)) {
            found.add(PiiKind.EMAIL, from, to);
            return;
        }
        spoken(text, end, start, found);
    }

    /// A word between spaces that stands for the sign.
    private static void word(PlainForm text, int space, Findings found) {
        int to = wordTo(text, space + 1);
        if (text.around(to) != ' ' || !AT_WORDS.contains(lower(text, space + 1, to))) {
            return;
        }
        boolean usual = text.at(space + 1) == 'a' && to - space == 3;
        int end = domainTo(text, to + 1);
        int from = localFrom(text, space);
        if (!usual && from < space && isDomain(text, to + 1, end)) {
            found.add(PiiKind.EMAIL, from, end);
        } else {
            spoken(text, space, to + 1, found);
        }
    }

    /// `peter punkt muster at mail punkt example`.
    ///
    /// @param end of the local part
    /// @param start of the domain
    private static void spoken(PlainForm text, int end, int start, Findings found) {
        int to = domainTo(text, start);
        int dots = 0;
        int dot = dotTo(text, to);
        int top = to;
        while (dot > 0 && dots < 4) {
            top = dot;
            to = domainTo(text, dot);
            dot = dotTo(text, to);
            dots++;
        }
        int from = localFrom(text, end);
        if (dots == 0 || from == end || !TOPS.contains(lower(text, top, to))) {
            return;
        }
        int before = wordFrom(text, from - 1);
        if (before > 1
                && text.around(from - 1) == ' '
                && text.around(before - 1) == ' '
                && DOT_WORDS.contains(lower(text, before, from - 1))) {
            from = localFrom(text, before - 1);
        }
        found.add(PiiKind.EMAIL, from, to);
    }

    /// Where the text goes on after ` dot ` or `(dot)`; -1 if there is none.
    private static int dotTo(PlainForm text, int at) {
        int from = text.around(at) == ' ' ? at + 1 : at;
        boolean bracket = text.around(from) == '(' || text.around(from) == '[';
        from += bracket ? 1 : 0;
        int to = wordTo(text, from);
        if (from == at || !DOT_WORDS.contains(lower(text, from, to))) {
            return -1;
        }
        to += bracket ? 1 : 0;
        return text.around(to) == ' ' ? to + 1 : to;
    }

    private static int localFrom(PlainForm text, int end) {
        int from = end;
        while (from > 0 && end - from < LONGEST_LOCAL && isLocal(text, from - 1)) {
            from--;
        }
        while (from < end && !text.isWord(from)) {
            from++;
        }
        return from;
    }

    private static boolean isLocal(PlainForm text, int index) {
        return text.isWord(index) || "._%+-'".indexOf(text.at(index)) >= 0;
    }

    private static int domainTo(PlainForm text, int start) {
        int to = Math.min(start, text.length());
        while (to < text.length()
                && to - start < LONGEST_DOMAIN
                && (text.isWord(to) || text.at(to) == '.' || text.at(to) == '-')) {
            to++;
        }
        while (to > start && !text.isWord(to - 1)) {
            to--;
        }
        return to;
    }

    private static boolean isDomain(PlainForm text, int from, int to) {
        int dot = to - 1;
        while (dot > from && text.at(dot) != '.') {
            if (!text.isLetter(dot)) {
                return false;
            }
            dot--;
        }
        int top = to - dot - 1;
        return dot > from
                && text.isWord(from)
                && text.isWord(dot - 1)
                && top >= 2
                && top <= LONGEST_TOP
                && !FILES.contains(lower(text, dot + 1, to));
    }

    private static int wordTo(PlainForm text, int from) {
        int to = from;
        while (to - from < LONGEST_TOP && text.isLetter(to)) {
            to++;
        }
        return to;
    }

    private static int wordFrom(PlainForm text, int to) {
        int from = to;
        while (to - from < LONGEST_TOP && text.isLetter(from - 1)) {
            from--;
        }
        return from;
    }

    private static String lower(PlainForm text, int from, int to) {
        return text.slice(from, to).toLowerCase(Locale.ROOT);
    }
}
