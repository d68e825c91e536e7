package dev.sluice.collector.process.body;

/// A place in UTF-8 text as a person counts it.
///
/// @param line from 1
/// @param column characters from 1
/// @param offset bytes from 0
/// @param lineOffset of the line's first byte
record TextPlace(int line, int column, int offset, int lineOffset) {

    /// @param from where the text's first line begins
    static TextPlace of(byte[] text, int from, int offset) {
        return new TextPlace(1, 1, from, from).forwardTo(text, offset);
    }

    TextPlace startOfLine() {
        return new TextPlace(line, 1, lineOffset, lineOffset);
    }

    TextPlace forwardToLineOf(byte[] text, int target) {
        return forwardTo(text, target).startOfLine();
    }

    TextPlace forwardTo(byte[] text, int target) {
        int lines = line;
        int columns = column;
        int lineStart = lineOffset;
        for (int at = offset; at < target; at++) {
            if (text[at] == '\n') {
                lines++;
                columns = 1;
                lineStart = at + 1;
            } else if ((text[at] & 0xC0) != 0x80) {
                columns++;
            }
        }
        return new TextPlace(lines, columns, target, lineStart);
    }
}
