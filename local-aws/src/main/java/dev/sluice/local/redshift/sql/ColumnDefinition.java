package dev.sluice.local.redshift.sql;

import dev.sluice.local.redshift.sql.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Rewrites one column definition: physical attributes go, keys are not enforced.
final class ColumnDefinition {

    private final TokenCursor cursor;
    private final List<Token> out = new ArrayList<>();
    private final Set<String> sortKey;
    private String name = "";

    private ColumnDefinition(TokenCursor cursor, Set<String> sortKey) {
        this.cursor = cursor;
        this.sortKey = sortKey;
    }

    /// @param sortKey takes the column's name when the definition says SORTKEY
    static List<Token> rewrite(TokenCursor cursor, Set<String> sortKey) {
        return new ColumnDefinition(cursor, sortKey).run();
    }

    private List<Token> run() {
        Token column = cursor.next();
        if (!column.identifier()) {
            throw cursor.syntaxError();
        }
        name = column.name();
        out.add(column);
        TypeName.rewrite(cursor, out);
        while (!cursor.atEnd()) {
            attribute();
        }
        return out;
    }

    private void attribute() {
        Token token = cursor.peek();
        if (cursor.accept("ENCODE") || cursor.accept("COLLATE")) {
            cursor.next();
        } else if (cursor.accept("DISTKEY")) {
            return;
        } else if (cursor.accept("SORTKEY")) {
            sortKey.add(name);
        } else if (cursor.accept("PRIMARY", "KEY")) {
            out.add(Token.generated("NOT NULL"));
        } else if (cursor.accept("UNIQUE")) {
            return;
        } else if (cursor.accept("REFERENCES")) {
            references(cursor);
        } else if (token.is("CHECK")) {
            throw RefusedStatement.byRedshift("a CHECK constraint");
        } else if (token.is("GENERATED")) {
            generated();
        } else if (cursor.accept("IDENTITY")) {
            identity("ALWAYS");
        } else if (token.symbol("(")) {
            group();
        } else {
            out.add(cursor.next());
        }
    }

    private void generated() {
        if (!cursor.accept("GENERATED", "BY", "DEFAULT", "AS", "IDENTITY")) {
            throw RefusedStatement.byRedshift("a GENERATED column");
        }
        identity("BY DEFAULT");
    }

    private void identity(String when) {
        List<List<Token>> arguments = TokenCursor.splitAtCommas(cursor.parenthesised());
        if (arguments.size() != 2) {
            throw cursor.syntaxError();
        }
        String seed = Token.join(arguments.get(0)).strip();
        String step = Token.join(arguments.get(1)).strip();
        out.add(
                Token.generated(
                        "GENERATED "
                                + when
                                + " AS IDENTITY (START WITH "
                                + seed
                                + " INCREMENT BY "
                                + step
                                + " MINVALUE "
                                + seed
                                + ")"));
    }

    private void group() {
        int depth = 0;
        do {
            Token token = cursor.next();
            if (token.kind() == Kind.END) {
                throw cursor.syntaxError();
            }
            depth += token.symbol("(") ? 1 : token.symbol(")") ? -1 : 0;
            out.add(token);
        } while (depth > 0);
    }

    /// Drops the target of a foreign key, which Redshift notes and does not enforce.
    static void references(TokenCursor cursor) {
        cursor.qualifiedName();
        if (cursor.peek().symbol("(")) {
            cursor.skipGroup();
        }
    }
}
