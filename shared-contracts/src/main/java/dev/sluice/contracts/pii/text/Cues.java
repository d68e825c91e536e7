package dev.sluice.contracts.pii.text;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the words before a number say it is: `Tel.`, `order no.`, in the languages of our visitors.
/// The nearest one counts.
final class Cues {

    /// What a word says of the number after it.
    enum Cue {
        PHONE,
        CARD,
        /// A number of a state, of a person.
        STATE,
        /// A number of a thing: an order, an article, a version.
        REFERENCE,
        NONE
    }

    private static final int FURTHEST = 48;
    private static final int MOST_WORDS = 6;

    /// Words that are meant whole.
    private static final Map<String, Cue> WORDS = WordList.cues("cue-words.txt");

    /// What words begin with; at least {@link #SHORTEST_STEM} letters.
    private static final Map<String, Cue> STEMS = WordList.cues("cue-stems.txt");

    private static final int SHORTEST_STEM = 4;

    private Cues() {}

    /// Words that make the next one, a code, that of a place: `area code`.
    private static final Set<String> DIALLED = Set.of("area", "country", "dialling", "dialing");

    /// Whether a word after that place says that a phone number stands before it: `2015550199, text
    /// me`.
    static boolean saysPhoneAfter(PlainForm text, int place) {
        int end = Math.min(text.length(), place + FURTHEST);
        int words = 0;
        int at = place;
        while (at < end && words < MOST_WORDS) {
            char unit = text.at(at);
            if (unit == '\n' || unit == ';' || unit == '!' || text.isDigit(at)) {
                return false;
            }
            if (!text.isLetter(at)) {
                at++;
                continue;
            }
            int from = at;
            while (at < text.length() && text.isLetter(at)) {
                at++;
            }
            String word = text.slice(from, at).toLowerCase(Locale.ROOT);
            if (DIALLED.contains(word) || of(word) == Cue.PHONE) {
                return true;
            }
            words++;
        }
        return false;
    }

    /// What the nearest telling word before that place says.
    static Cue before(PlainForm text, int place) {
        int at = place - 1;
        int words = 0;
        int end = Math.max(0, place - FURTHEST);
        while (at >= end && words < MOST_WORDS) {
            char unit = text.at(at);
            if (unit == '\n' || unit == ';' || unit == '!' || endsSentence(text, at, place)) {
                return Cue.NONE;
            }
            if (!text.isLetter(at)) {
                at--;
                continue;
            }
            int to = at + 1;
            while (at >= end && text.isLetter(at)) {
                at--;
            }
            String word = text.slice(at + 1, to);
            Cue cue = of(word);
            if (cue != Cue.NONE) {
                return word.equalsIgnoreCase("code") && isDialled(text, at) ? Cue.PHONE : cue;
            }
            words++;
        }
        return Cue.NONE;
    }

    /// Whether the word that ends before that place makes a code one that is dialled.
    private static boolean isDialled(PlainForm text, int place) {
        int to = place + 1;
        while (to > 0 && !text.isLetter(to - 1)) {
            to--;
        }
        int from = to;
        while (from > 0 && text.isLetter(from - 1)) {
            from--;
        }
        return DIALLED.contains(text.slice(from, to).toLowerCase(Locale.ROOT));
    }

    /// A full stop or question mark with a space behind it; not the one of `Tel. 030`.
    private static boolean endsSentence(PlainForm text, int at, int place) {
        char unit = text.at(at);
        return unit == '?' && !text.isAddress()
                || unit == '.'
                        && text.around(at + 1) == ' '
                        && at + 2 < place
                        && text.isLetter(at + 2);
    }

    private static Cue of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        Cue cue = WORDS.get(lower);
        for (int i = lower.length(); cue == null && i >= SHORTEST_STEM; i--) {
            cue = STEMS.get(lower.substring(0, i));
        }
        return cue == null ? Cue.NONE : cue;
    }
}
