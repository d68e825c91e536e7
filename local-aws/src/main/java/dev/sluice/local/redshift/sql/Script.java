package dev.sluice.local.redshift.sql;

import dev.sluice.local.redshift.sql.Token.Kind;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// SQL text as a list of statements, split at the semicolons outside literals.
public final class Script {

    private final List<List<Token>> statements;

    private Script(List<List<Token>> statements) {
        this.statements = statements;
    }

    /// @throws RefusedStatement when a literal does not end
    public static Script parse(String sql, boolean caseSensitiveIdentifiers) {
        List<List<Token>> statements = new ArrayList<>();
        List<Token> statement = new ArrayList<>();
        for (Token token : Tokenizer.tokens(sql)) {
            if (token.symbol(";")) {
                statements.add(statement);
                statement = new ArrayList<>();
            } else {
                statement.add(normalised(token, caseSensitiveIdentifiers));
            }
        }
        statements.add(statement);
        statements.removeIf(List::isEmpty);
        return new Script(statements);
    }

    /// Delimited identifiers fold to lower case in Redshift too; `#name` is a name in PostgreSQL
    /// only between quotes.
    private static Token normalised(Token token, boolean caseSensitiveIdentifiers) {
        if (token.kind() == Kind.QUOTED && !caseSensitiveIdentifiers) {
            return token.withText(asciiLower(token.text()));
        }
        if (token.kind() == Kind.WORD && token.text().startsWith("#")) {
            return new Token(Kind.QUOTED, token.lead(), Token.quoteIdentifier(token.name()));
        }
        return token;
    }

    private static String asciiLower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + 32));
            }
        }
        return lower.toString();
    }

    List<List<Token>> statements() {
        return statements;
    }

    public int size() {
        return statements.size();
    }

    /// The relations whose catalog entries a translation needs: those of statements that may
    /// navigate a SUPER column, of MERGE sources and of COPY targets. Names are quoted and ready
    /// for `to_regclass`.
    public Set<String> relations() {
        Set<String> relations = new LinkedHashSet<>();
        for (List<Token> statement : statements) {
            Token command = statement.getFirst();
            if (command.is("COPY")) {
                TokenCursor cursor = new TokenCursor(statement);
                cursor.next();
                if (cursor.peek().identifier()) {
                    relations.add(relationName(cursor.qualifiedName()));
                }
            } else if (command.is("MERGE") || SuperNavigation.possible(statement)) {
                relations.addAll(FromClause.of(statement).relations());
            }
        }
        return relations;
    }

    static String relationName(List<Token> qualifiedName) {
        return qualifiedName.stream()
                .filter(Token::identifier)
                .map(token -> Token.quoteIdentifier(token.name()))
                .collect(Collectors.joining("."));
    }
}
