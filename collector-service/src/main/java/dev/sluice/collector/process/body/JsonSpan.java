package dev.sluice.collector.process.body;

/// Where things end in JSON text, by quotes and brackets alone; says nothing of their validity.
final class JsonSpan {

    private JsonSpan() {}

    static int skipWhitespace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isWhitespace(bytes[at])) {
            at++;
        }
        return at;
    }

    /// The offset after the value that begins there, or -1 if the text ends inside it.
    static int end(byte[] bytes, int from, int to) {
        return switch (bytes[from]) {
            case '{', '[' -> endOfBrackets(bytes, from, to);
            case '"' -> endOfString(bytes, from, to);
            default -> endOfToken(bytes, from, to);
        };
    }

    /// The offset of the next member or element after one that ended there, or of the bracket that
    /// closes the lot.
    static int afterComma(byte[] bytes, int from, int to, char closing) {
        int at = skipWhitespace(bytes, from, to);
        if (at < to && bytes[at] == closing) {
            return at;
        }
        if (at >= to || bytes[at] != ',') {
            throw new JsonSyntaxException("Expected a comma or " + closing, Math.min(at, to));
        }
        int next = skipWhitespace(bytes, at + 1, to);
        if (next >= to || bytes[next] == closing) {
            throw new JsonSyntaxException("Expected something after a comma", Math.min(next, to));
        }
        return next;
    }

    /// The offset of the newline after that offset, or the end of the text.
    static int endOfLine(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int endOfBrackets(byte[] bytes, int from, int to) {
        int depth = 0;
        int at = from;
        while (at >= 0 && at < to) {
            switch (bytes[at]) {
                case '"' -> at = endOfString(bytes, at, to);
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    at++;
                    if (--depth == 0) {
                        return at;
                    }
                }
                default -> at++;
            }
        }
        return -1;
    }

    private static int endOfString(byte[] bytes, int from, int to) {
        int at = from + 1;
        while (at < to && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at < to ? at + 1 : -1;
    }

    /// Of a number, a literal, or something that is neither: at least one byte.
    private static int endOfToken(byte[] bytes, int from, int to) {
        int at = from + 1;
        while (at < to && !isWhitespace(bytes[at]) && ",:\"{}[]".indexOf(bytes[at]) < 0) {
            at++;
        }
        return at;
    }

    private static boolean isWhitespace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
