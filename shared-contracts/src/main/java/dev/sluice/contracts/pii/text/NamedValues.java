package dev.sluice.contracts.pii.text;

import dev.sluice.contracts.schema.PiiClass;

import org.jspecify.annotations.Nullable;

/// Finds values whose name tells that they are personal, as in the query of an address:
/// `?token=…`, `&phone=…`; and the user part of `https://user:password@host`.
final class NamedValues {

    private static final int LONGEST_NAME = 48;

    private NamedValues() {}

    static void find(PlainForm text, Findings found) {
        user(text, found);
        for (int i = 1; i < text.length(); i++) {
            if (text.at(i) != '=') {
                continue;
            }
            int from = nameFrom(text, i);
            int to = valueTo(text, i + 1);
            @Nullable Telling telling = from < i ? TellingNames.of(text.slice(from, i)) : null;
            if (telling != null && telling.pii() != PiiClass.MASK && to > i + 1) {
                found.add(telling.kind(), i + 1, to);
            }
        }
    }

    private static void user(PlainForm text, Findings found) {
        if (!text.isAddress()) {
            return;
        }
        int from = text.indexOf("://") + 3;
        int at = from;
        while (at < text.length() && "/?#@ ".indexOf(text.at(at)) < 0) {
            at++;
        }
        if (from > 3 && text.around(at) == '@' && at > from) {
            found.add(PiiKind.SECRET, from, at);
        }
    }

    private static int nameFrom(PlainForm text, int equals) {
        int from = equals;
        while (from > 0
                && equals - from < LONGEST_NAME
                && (text.isWord(from - 1) || "_-.[]".indexOf(text.at(from - 1)) >= 0)) {
            from--;
        }
        return from;
    }

    private static int valueTo(PlainForm text, int from) {
        int to = from;
        String ends = text.isAddress() ? "&#;" : "&#; ,\n";
        while (to < text.length() && ends.indexOf(text.at(to)) < 0) {
            to++;
        }
        return to;
    }
}
