package dev.sluice.local.redshift.sql;

import dev.sluice.local.redshift.sql.Token.Kind;

import java.util.ArrayList;
import java.util.List;

/// Splits SQL into tokens by Redshift's lexical rules: backslash escapes inside plain string
/// literals, nested block comments, dollar quotes, `#name` for temporary tables, `$1` parameters.
final class Tokenizer {

    private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?";

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokenizer(String sql) {
        this.sql = sql;
    }

    static List<Token> tokens(String sql) {
        Tokenizer tokenizer = new Tokenizer(sql);
        tokenizer.run();
        return tokenizer.tokens;
    }

    private void run() {
        while (true) {
            int start = at;
            skipSpaceAndComments();
            String lead = sql.substring(start, at);
            if (at >= sql.length()) {
                return;
            }
            int from = at;
            Kind kind = scan();
            tokens.add(new Token(kind, lead, sql.substring(from, at)));
        }
    }

    private void skipSpaceAndComments() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end + 1;
            } else if (sql.startsWith("/*", at)) {
                skipBlockComment();
            } else {
                return;
            }
        }
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (at < sql.length() && depth > 0);
        at = Math.min(at, sql.length());
    }

    private Kind scan() {
        char c = sql.charAt(at);
        if (c == '\'') {
            return quoted('\'', Kind.STRING);
        }
        if (c == '"') {
            return quoted('"', Kind.QUOTED);
        }
        if (c == '$') {
            return dollar();
        }
        if (Character.isLetter(c) || c == '_' || (c == '#' && identifierStart(at + 1))) {
            return word();
        }
        if (Character.isDigit(c) || (c == '.' && digit(at + 1))) {
            return number();
        }
        if (c == ':' && sql.startsWith("::", at)) {
            at += 2;
            return Kind.OPERATOR;
        }
        if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
            return operator();
        }
        at++;
        return Kind.PUNCTUATION;
    }

    private Kind quoted(char quote, Kind kind) {
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == '\\' && quote == '\'') {
                at = Math.min(at + 1, sql.length());
            } else if (c == quote) {
                if (at < sql.length() && sql.charAt(at) == quote) {
                    at++;
                } else {
                    return kind;
                }
            }
        }
        throw new RefusedStatement("42601", "unterminated quoted string or identifier");
    }

    private Kind dollar() {
        int end = at + 1;
        if (digit(end)) {
            while (digit(end)) {
                end++;
            }
            at = end;
            return Kind.PARAMETER;
        }
        while (end < sql.length() && wordPart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        if (end >= sql.length() || sql.charAt(end) != '$') {
            at++;
            return Kind.PUNCTUATION;
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        if (close < 0) {
            throw new RefusedStatement("42601", "unterminated dollar-quoted string");
        }
        at = close + tag.length();
        return Kind.DOLLAR_STRING;
    }

    private Kind word() {
        at++;
        while (at < sql.length() && wordPart(sql.charAt(at))) {
            at++;
        }
        return Kind.WORD;
    }

    private Kind number() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            boolean exponentSign =
                    (c == '+' || c == '-')
                            && Character.toLowerCase(sql.charAt(at - 1)) == 'e'
                            && digit(at + 1);
            if (!Character.isLetterOrDigit(c) && c != '.' && !exponentSign) {
                break;
            }
            at++;
        }
        return Kind.NUMBER;
    }

    private Kind operator() {
        at++;
        while (at < sql.length()
                && OPERATOR_CHARACTERS.indexOf(sql.charAt(at)) >= 0
                && !sql.startsWith("--", at)
                && !sql.startsWith("/*", at)
                && !(sql.charAt(at) == '#' && identifierStart(at + 1))) {
            at++;
        }
        return Kind.OPERATOR;
    }

    private boolean identifierStart(int index) {
        return index < sql.length()
                && (Character.isLetter(sql.charAt(index)) || sql.charAt(index) == '_');
    }

    private boolean digit(int index) {
        return index < sql.length() && Character.isDigit(sql.charAt(index));
    }

    private static boolean wordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
