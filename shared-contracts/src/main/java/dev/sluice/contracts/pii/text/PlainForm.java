package dev.sluice.contracts.pii.text;

/// A text as a reader understands it: full width as ASCII, all spaces and dashes as one,
/// percent-encoded ASCII decoded, invisible characters left out. Every character knows where it
/// came from.
final class PlainForm {

    private static final int FULL_WIDTH_FIRST = 0xFF01;
    private static final int FULL_WIDTH_LAST = 0xFF5E;
    private static final int FULL_WIDTH_SHIFT = 0xFEE0;
    private static final int OMITTED = -1;

    private final char[] chars;
    private final int[] starts;
    private int[] ends;
    private final boolean address;
    private int length;

    private PlainForm(String text, boolean address) {
        chars = new char[text.length()];
        starts = new int[text.length()];
        ends = starts;
        this.address = address;
        read(text);
    }

    /// @param address whether it is one of a page, in whose query `+` is a space
    static PlainForm of(String text, boolean address) {
        return new PlainForm(text, address);
    }

    /// Whether the text is the address of a page.
    boolean isAddress() {
        return address;
    }

    int length() {
        return length;
    }

    char at(int index) {
        return chars[index];
    }

    /// The character there, or a space outside the text.
    char around(int index) {
        return index < 0 || index >= length ? ' ' : chars[index];
    }

    /// Where those characters are first; -1 if nowhere.
    int indexOf(String part) {
        for (int i = 0; i + part.length() <= length; i++) {
            int same = 0;
            while (same < part.length() && chars[i + same] == part.charAt(same)) {
                same++;
            }
            if (same == part.length()) {
                return i;
            }
        }
        return -1;
    }

    String slice(int from, int to) {
        return from < to ? new String(chars, from, to - from) : "";
    }

    boolean isDigit(int index) {
        return index >= 0 && index < length && chars[index] >= '0' && chars[index] <= '9';
    }

    boolean isLetter(int index) {
        return index >= 0 && index < length && Character.isLetter(chars[index]);
    }

    boolean isWord(int index) {
        return isDigit(index) || isLetter(index);
    }

    /// Where the character was in the text as it was written.
    int origin(int index) {
        return starts[index];
    }

    /// Where the text as it was written goes on after the character before this one.
    int originEnd(int index) {
        return ends == starts ? starts[index - 1] + 1 : ends[index - 1];
    }

    private void read(String text) {
        boolean query = false;
        int i = 0;
        while (i < text.length()) {
            char unit = text.charAt(i);
            int size = unit == '%' ? encodedSize(text, i) : 1;
            if (size > 1) {
                put((char) hex(text, i + size - 2), i, size);
            } else if (unit == '+' && query) {
                put(' ', i, 1);
            } else {
                query |= address && (unit == '?' || unit == '#');
                int plain = unit < 0x80 ? unit : plain(unit);
                if (plain != OMITTED) {
                    put((char) plain, i, 1);
                }
            }
            i += size;
        }
    }

    private void put(char unit, int start, int size) {
        if (size > 1 && ends == starts) {
            ends = new int[starts.length];
            for (int i = 0; i < length; i++) {
                ends[i] = starts[i] + 1;
            }
        }
        chars[length] = unit;
        starts[length] = start;
        if (ends != starts) {
            ends[length] = start + size;
        }
        length++;
    }

    /// Characters of an encoded ASCII character that begins here, encoded once or twice; 1 if there
    /// is none.
    private static int encodedSize(String text, int at) {
        int unit = hex(text, at + 1);
        if (unit == '%' && isPrintable(hex(text, at + 3))) {
            return 5;
        }
        return isPrintable(unit) ? 3 : 1;
    }

    private static boolean isPrintable(int unit) {
        return unit >= ' ' && unit < 0x7F;
    }

    private static int hex(String text, int at) {
        if (at + 2 > text.length()) {
            return OMITTED;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? OMITTED : high * 16 + low;
    }

    private static int plain(char unit) {
        if (unit >= FULL_WIDTH_FIRST && unit <= FULL_WIDTH_LAST) {
            return unit - FULL_WIDTH_SHIFT;
        }
        return switch (unit) {
            case '\u00AD', '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF' -> OMITTED;
            case '\u2010',
                    '\u2011',
                    '\u2012',
                    '\u2013',
                    '\u2014',
                    '\u2015',
                    '\u2212',
                    '\uFE58',
                    '\uFE63' ->
                    '-';
            default -> {
                if (Character.isSpaceChar(unit)) {
                    yield ' ';
                }
                yield Character.isDigit(unit) ? '0' + Character.digit(unit, 10) : unit;
            }
        };
    }
}
