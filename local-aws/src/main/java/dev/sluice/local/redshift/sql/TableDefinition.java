package dev.sluice.local.redshift.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Rewrites CREATE TABLE. Distribution, encoding and backup go; keys are noted by Redshift and not
/// enforced, so they go too; a sort key becomes a marker constraint from which an event trigger of
/// the cluster makes an index.
///
/// Source: Amazon Redshift Database Developer Guide, "CREATE TABLE" and "CREATE TABLE AS".
final class TableDefinition {

    /// Name of the constraint that tells the event trigger `redshift.apply_table_rules` which
    /// columns are the sort key.
    static final String SORT_KEY_MARKER = "redshift_sortkey";

    private final TokenCursor cursor;
    private final List<Token> out = new ArrayList<>();
    private final Set<String> sortKey = new LinkedHashSet<>();

    private TableDefinition(List<Token> statement) {
        cursor = new TokenCursor(statement);
    }

    static List<Token> rewrite(List<Token> statement) {
        return new TableDefinition(statement).run();
    }

    private List<Token> run() {
        out.add(cursor.next());
        cursor.acceptAny("LOCAL", "GLOBAL");
        boolean temporary = cursor.acceptAny("TEMP", "TEMPORARY");
        cursor.expect("TABLE");
        boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
        List<Token> name = cursor.qualifiedName();
        temporary |= name.getLast().name().startsWith("#");
        out.add(Token.word(temporary ? "TEMP TABLE" : "TABLE"));
        if (ifNotExists) {
            out.add(Token.generated("IF NOT EXISTS"));
        }
        out.addAll(name);
        List<Token> body = cursor.peek().symbol("(") ? cursor.parenthesised() : List.of();
        attributes();
        boolean query = cursor.peek().is("AS");
        if (!body.isEmpty()) {
            body(body, query);
        }
        out.addAll(cursor.rest());
        return out;
    }

    private void attributes() {
        while (!cursor.atEnd() && !cursor.peek().is("AS")) {
            if (cursor.acceptAny("DISTSTYLE", "BACKUP", "ENCODE")) {
                cursor.next();
            } else if (cursor.accept("DISTKEY")) {
                cursor.skipGroup();
            } else if (cursor.accept("SORTKEY")) {
                if (!cursor.acceptAny("AUTO", "NONE")) {
                    for (List<Token> column : TokenCursor.splitAtCommas(cursor.parenthesised())) {
                        sortKey.add(new TokenCursor(column).qualifiedName().getFirst().name());
                    }
                }
            } else if (cursor.peek()
                    .isAny("PARTITION", "INHERITS", "WITH", "ON", "TABLESPACE", "USING", "OF")) {
                throw RefusedStatement.byRedshift("CREATE TABLE … " + cursor.peek().upper());
            } else if (!cursor.acceptAny("COMPOUND", "INTERLEAVED")) {
                throw cursor.syntaxError();
            }
        }
    }

    private void body(List<Token> body, boolean query) {
        List<Token> definitions = new ArrayList<>();
        for (List<Token> definition : TokenCursor.splitAtCommas(body)) {
            List<Token> rewritten = query ? definition : definition(definition);
            if (!definitions.isEmpty()) {
                definitions.add(Token.punctuation(","));
            }
            definitions.addAll(rewritten);
        }
        out.add(Token.punctuation("("));
        out.addAll(definitions);
        if (!sortKey.isEmpty() && !query) {
            List<String> columns = sortKey.stream().map(Token::quoteIdentifier).toList();
            out.add(
                    Token.generated(
                            ", CONSTRAINT "
                                    + SORT_KEY_MARKER
                                    + " CHECK (num_nulls("
                                    + String.join(", ", columns)
                                    + ") >= 0)"));
        }
        out.add(Token.punctuation(")"));
    }

    private List<Token> definition(List<Token> definition) {
        TokenCursor part = new TokenCursor(definition);
        if (part.peek().is("LIKE")) {
            return like(definition);
        }
        if (part.peek().isAny("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE")) {
            return constraint(part);
        }
        return ColumnDefinition.rewrite(part, sortKey);
    }

    private static List<Token> like(List<Token> definition) {
        if (definition.stream().anyMatch(token -> token.is("INCLUDING"))
                && definition.stream().noneMatch(token -> token.is("DEFAULTS"))) {
            throw RefusedStatement.byRedshift("LIKE … INCLUDING other than DEFAULTS");
        }
        return definition;
    }

    /// A table constraint, without effect: a primary key keeps its NOT NULLs and nothing else.
    static List<Token> constraint(TokenCursor part) {
        if (part.accept("CONSTRAINT")) {
            part.next();
        }
        if (part.accept("PRIMARY", "KEY")) {
            List<String> notNull =
                    TokenCursor.splitAtCommas(part.parenthesised()).stream()
                            .map(column -> "NOT NULL " + Token.join(column).strip())
                            .toList();
            return List.of(Token.generated(String.join(", ", notNull)));
        }
        if (part.accept("UNIQUE")) {
            part.skipGroup();
        } else if (part.accept("FOREIGN", "KEY")) {
            part.skipGroup();
            part.expect("REFERENCES");
            ColumnDefinition.references(part);
        } else {
            throw RefusedStatement.byRedshift("table constraint " + part.peek().upper());
        }
        return List.of(Token.generated("CHECK (true)"));
    }
}
