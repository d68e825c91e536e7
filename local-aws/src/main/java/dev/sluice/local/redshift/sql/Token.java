package dev.sluice.local.redshift.sql;

import java.util.List;
import java.util.Locale;

/// One lexical unit of a statement. White space and comments before it are its `lead`, so the texts
/// of a token list, leads included, put together give back the statement.
record Token(Kind kind, String lead, String text) {

    enum Kind {
        WORD,
        QUOTED,
        STRING,
        DOLLAR_STRING,
        NUMBER,
        PARAMETER,
        OPERATOR,
        PUNCTUATION,
        GENERATED,
        END
    }

    static final Token END = new Token(Kind.END, "", "");

    /// Text of our own making, which later steps leave alone.
    static Token generated(String text) {
        return new Token(Kind.GENERATED, " ", text);
    }

    static Token word(String text) {
        return new Token(Kind.WORD, " ", text);
    }

    static Token punctuation(String text) {
        return new Token(Kind.PUNCTUATION, "", text);
    }

    boolean isEnd() {
        return kind == Kind.END;
    }

    boolean is(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isAny(String... keywords) {
        for (String keyword : keywords) {
            if (is(keyword)) {
                return true;
            }
        }
        return false;
    }

    boolean symbol(String symbol) {
        return (kind == Kind.PUNCTUATION || kind == Kind.OPERATOR) && text.equals(symbol);
    }

    boolean identifier() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    String upper() {
        return text.toUpperCase(Locale.ROOT);
    }

    /// The name an identifier stands for: folded when bare, without its quotes when quoted.
    String name() {
        return kind == Kind.QUOTED
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text.toLowerCase(Locale.ROOT);
    }

    /// The value of a string literal whose backslashes and doubled quotes are resolved as Redshift
    /// does.
    String stringValue() {
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if ((c == '\\' || c == '\'') && i + 1 < text.length() - 1) {
                i++;
            }
            value.append(text.charAt(i));
        }
        return value.toString();
    }

    Token withText(String replacement) {
        return new Token(kind, lead, replacement);
    }

    Token withLead(String replacement) {
        return new Token(kind, replacement, text);
    }

    static String join(List<Token> tokens) {
        StringBuilder sql = new StringBuilder();
        tokens.forEach(token -> sql.append(token.lead).append(token.text));
        return sql.toString();
    }

    static String quoteIdentifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
