package dev.sluice.contracts.pii.text;

import dev.sluice.contracts.schema.PiiClass;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Knows names of fields and of query parameters that say that something personal is in them, by
/// how they end: `email`, `customer_email`, `customerEmail`, `address-line-2`. The longest end
/// that is known counts, so `ip_address` is no address of a person.
public final class TellingNames {

    private record Known(byte[] end, Telling telling) {}

    private static final int LETTERS = 26;

    /// By the last letter and by what stands before it: a letter, or anything else.
    private static final Known[][] BY_LAST_TWO = table();

    private TellingNames() {}

    /// What a name says; null if nothing.
    public static @Nullable Telling of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /// What a name says; null if nothing. Makes no object.
    public static @Nullable Telling of(byte[] bytes, int from, int length) {
        int last = from + length - 1;
        while (last >= from && (isDigit(bytes[last]) || isGap(bytes[last]))) {
            last--;
        }
        if (last < from) {
            return null;
        }
        int letter = letter(bytes[last]);
        if (letter == LETTERS) {
            return null;
        }
        int before = last - 1;
        while (before >= from && isGap(bytes[before])) {
            before--;
        }
        for (Known known : BY_LAST_TWO[slot(letter, before < from ? ' ' : bytes[before])]) {
            if (ends(bytes, from, last, known.end)) {
                return known.telling.pii() == PiiClass.NONE ? null : known.telling;
            }
        }
        return null;
    }

    private static boolean ends(byte[] bytes, int from, int last, byte[] end) {
        int at = last;
        int start = last;
        for (int i = end.length - 1; i >= 0; i--) {
            while (at >= from && isGap(bytes[at])) {
                at--;
            }
            if (at < from || (bytes[at] | 0x20) != end[i]) {
                return false;
            }
            start = at--;
        }
        return at < from
                || isGap(bytes[at])
                || isDigit(bytes[at])
                || isUpper(bytes[start]) && !isUpper(bytes[at]);
    }

    private static int slot(int letter, int before) {
        return letter * (LETTERS + 1) + letter(before);
    }

    private static int letter(int unit) {
        int letter = (unit | 0x20) - 'a';
        return letter < 0 || letter >= LETTERS ? LETTERS : letter;
    }

    private static boolean isGap(byte unit) {
        return unit == '_'
                || unit == '-'
                || unit == '.'
                || unit == ' '
                || unit == '['
                || unit == ']';
    }

    private static boolean isDigit(byte unit) {
        return unit >= '0' && unit <= '9';
    }

    private static boolean isUpper(byte unit) {
        return unit >= 'A' && unit <= 'Z';
    }

    private static Known[][] table() {
        List<List<Known>> table = new ArrayList<>();
        for (int i = 0; i < LETTERS * (LETTERS + 1); i++) {
            table.add(new ArrayList<>());
        }
        for (WordList.Line line : WordList.lines("telling-names.txt")) {
            String[] rule = line.name().split("/");
            Telling telling = new Telling(PiiKind.valueOf(rule[0]), PiiClass.valueOf(rule[1]));
            for (String word : line.words()) {
                int last = word.length() - 1;
                table.get(slot(letter(word.charAt(last)), word.charAt(last - 1)))
                        .add(new Known(word.getBytes(StandardCharsets.UTF_8), telling));
            }
        }
        table.forEach(names -> names.sort((a, b) -> b.end.length - a.end.length));
        return table.stream().map(names -> names.toArray(Known[]::new)).toArray(Known[][]::new);
    }
}
