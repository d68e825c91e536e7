package dev.sluice.local.redshift.sql;

import java.util.ArrayList;
import java.util.List;

/// Reads a token list from front to back; past the end there is [Token#END], as often as asked.
final class TokenCursor {

    private final List<Token> tokens;
    private int at;

    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : Token.END;
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /// Consumes the given keywords when they all come next.
    boolean accept(String... keywords) {
        for (int i = 0; i < keywords.length; i++) {
            if (!peek(i).is(keywords[i])) {
                return false;
            }
        }
        at += keywords.length;
        return true;
    }

    boolean acceptAny(String... keywords) {
        if (peek().isAny(keywords)) {
            at++;
            return true;
        }
        return false;
    }

    boolean acceptSymbol(String symbol) {
        if (peek().symbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String... keywords) {
        if (!accept(keywords)) {
            throw syntaxError();
        }
    }

    RefusedStatement syntaxError() {
        String near =
                peek().kind() == Token.Kind.WORD ? " at or near \"" + peek().text() + '"' : "";
        return new RefusedStatement("42601", "syntax error" + near);
    }

    /// A possibly schema-qualified name.
    List<Token> qualifiedName() {
        List<Token> name = new ArrayList<>();
        if (!peek().identifier()) {
            throw syntaxError();
        }
        name.add(next());
        while (peek().symbol(".") && peek(1).identifier()) {
            name.add(next());
            name.add(next());
        }
        return name;
    }

    /// What stands between the parenthesis that comes next and its partner; both are consumed.
    List<Token> parenthesised() {
        if (!peek().symbol("(")) {
            throw syntaxError();
        }
        int open = at;
        skipGroup();
        return tokens.subList(open + 1, at - 1);
    }

    /// Moves behind the partner of the parenthesis or bracket that comes next.
    void skipGroup() {
        int depth = 0;
        do {
            Token token = next();
            if (token.symbol("(") || token.symbol("[")) {
                depth++;
            } else if (token.symbol(")") || token.symbol("]")) {
                depth--;
            } else if (token.isEnd()) {
                throw new RefusedStatement("42601", "syntax error at end of input");
            }
        } while (depth > 0);
    }

    List<Token> rest() {
        List<Token> rest = tokens.subList(Math.min(at, tokens.size()), tokens.size());
        at = tokens.size();
        return rest;
    }

    /// Splits at the commas that no parenthesis encloses.
    static List<List<Token>> splitAtCommas(List<Token> tokens) {
        List<List<Token>> parts = new ArrayList<>();
        List<Token> part = new ArrayList<>();
        int depth = 0;
        for (Token token : tokens) {
            depth += token.symbol("(") ? 1 : token.symbol(")") ? -1 : 0;
            if (depth == 0 && token.symbol(",")) {
                parts.add(part);
                part = new ArrayList<>();
            } else {
                part.add(token);
            }
        }
        parts.add(part);
        return parts;
    }
}
