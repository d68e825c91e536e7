package dev.sluice.contracts.pii.text;

import java.util.Locale;
import java.util.Map;

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
            Cue cue = of(text.slice(at + 1, to));
            if (cue != Cue.NONE) {
                return cue;
            }
            words++;
        }
        return Cue.NONE;
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
