package dev.sluice.contracts.pii.text;

import org.jspecify.annotations.Nullable;

/// Groups of digits with nothing between them but what people put between the digits of one number.
final class DigitRun {

    private static final int MOST_GROUPS = 40;
    private static final int LONGEST_GAP = 3;
    private static final int MOST_DIGITS = 19;
    private static final String GAP = " -./()";

    private final PlainForm text;
    private final int[] from = new int[MOST_GROUPS];
    private final int[] to = new int[MOST_GROUPS];
    private final Cues.@Nullable Cue[] cues = new Cues.Cue[MOST_GROUPS];
    private int groups;
    private final int end;

    private DigitRun(PlainForm text, int start) {
        this.text = text;
        end = read(start);
    }

    /// @param start a digit with no letter or digit before it
    static DigitRun at(PlainForm text, int start) {
        return new DigitRun(text, start);
    }

    int groups() {
        return groups;
    }

    /// Where the text goes on behind the run.
    int end() {
        return end;
    }

    /// The number that some groups make.
    ///
    /// @param first of them
    /// @param last of them
    Window window(int first, int last) {
        return new Window(first, last);
    }

    /// The last group with which a number that begins with `first` has no more than 19 digits.
    int lastFor(int first) {
        int digits = 0;
        int last = first;
        for (int i = first; i < groups; i++) {
            digits += to[i] - from[i];
            if (digits > MOST_DIGITS) {
                break;
            }
            last = i;
        }
        return last;
    }

    private int read(int start) {
        int at = start;
        while (true) {
            int first = at;
            while (text.isDigit(at)) {
                at++;
            }
            if (text.isLetter(at)) {
                // `256gb` and `1Z99` are words.
                while (text.isWord(at)) {
                    at++;
                }
                return at;
            }
            from[groups] = first;
            to[groups++] = at;
            int next = at;
            while (next - at < LONGEST_GAP
                    && GAP.indexOf(text.around(next)) >= 0
                    && next < text.length()) {
                next++;
            }
            if (next == at || !text.isDigit(next) || groups == MOST_GROUPS) {
                return at;
            }
            at = next;
        }
    }

    /// Some groups of the run, read as one number.
    final class Window {
        private final int first;
        private final int last;
        private final String digits;

        private Window(int first, int last) {
            this.first = first;
            this.last = last;
            StringBuilder all = new StringBuilder(MOST_DIGITS);
            for (int i = first; i <= last; i++) {
                all.append(text.slice(from[i], to[i]));
            }
            digits = all.toString();
        }

        String digits() {
            return digits;
        }

        int groups() {
            return last - first + 1;
        }

        /// Digits of a group.
        int size(int group) {
            return to[first + group] - from[first + group];
        }

        /// Whether the groups have these sizes.
        boolean isShaped(int... sizes) {
            if (sizes.length != groups()) {
                return false;
            }
            for (int i = 0; i < sizes.length; i++) {
                if (sizes[i] != size(i)) {
                    return false;
                }
            }
            return true;
        }

        /// The character after a group.
        char gap(int group) {
            return text.around(to[first + group]);
        }

        /// Whether the same single character stands between all groups.
        boolean isJoinedBy(char gap) {
            for (int i = first; i < last; i++) {
                if (text.at(to[i]) != gap || from[i + 1] != to[i] + 1) {
                    return false;
                }
            }
            return true;
        }

        /// Whether it is all of the run.
        boolean isWhole() {
            return first == 0 && last == groups - 1;
        }

        /// Whether `+` stands before it.
        boolean isInternational() {
            return text.around(from() - 1) == '+'
                    || text.around(from() - 1) == '(' && text.around(from() - 2) == '+';
        }

        /// Whether the words after say that it is a phone number.
        boolean isSaidToBePhone() {
            return Cues.saysPhoneAfter(text, to());
        }

        /// What the words before say it is.
        Cues.Cue cue() {
            Cues.@Nullable Cue known = cues[first];
            if (known == null) {
                known = Cues.before(text, from());
                cues[first] = known;
            }
            return known;
        }

        boolean isInAddress() {
            return text.isAddress();
        }

        /// The text around, for what stands next to it.
        char around(int place) {
            return text.around(place);
        }

        String slice(int begin, int finish) {
            return text.slice(Math.max(0, begin), Math.min(text.length(), finish));
        }

        int from() {
            return from[first];
        }

        int to() {
            return to[last];
        }
    }
}
