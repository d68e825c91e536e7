package dev.sluice.local.redshift.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Rewrites ALTER TABLE: one action a statement, as Redshift has it.
///
/// Source: Amazon Redshift Database Developer Guide, "ALTER TABLE".
final class AlterTable {

    /// @param tokens the statement for PostgreSQL, empty when there is nothing to do
    /// @param refusedInTransaction why the statement may not run in a transaction block, or empty
    record Rewritten(List<Token> tokens, String refusedInTransaction) {}

    private final TokenCursor cursor;
    private final List<Token> out = new ArrayList<>();

    private AlterTable(List<Token> statement) {
        cursor = new TokenCursor(statement);
    }

    static Rewritten rewrite(List<Token> statement) {
        return new AlterTable(statement).run();
    }

    private Rewritten run() {
        out.add(cursor.next());
        out.add(cursor.next());
        if (cursor.peek().isAny("IF", "ONLY")) {
            throw RefusedStatement.byRedshift("ALTER TABLE " + cursor.peek().upper());
        }
        out.addAll(cursor.qualifiedName());
        if (cursor.accept("ADD")) {
            add();
        } else if (cursor.peek().is("ALTER")) {
            return alter();
        } else if (cursor.peek().is("APPEND")) {
            throw RefusedStatement.byStandIn("ALTER TABLE APPEND");
        } else {
            rest();
        }
        return new Rewritten(out, "");
    }

    private void add() {
        out.add(Token.word("ADD"));
        if (cursor.peek().isAny("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK")) {
            List<Token> constraint = TableDefinition.constraint(cursor);
            String text = Token.join(constraint).strip();
            out.add(Token.generated(text.replace(", NOT NULL ", ", ADD NOT NULL ")));
            return;
        }
        if (cursor.accept("COLUMN")) {
            out.add(Token.word("COLUMN"));
        }
        if (cursor.peek().is("IF") && cursor.peek(1).is("NOT")) {
            throw RefusedStatement.byRedshift("ADD COLUMN IF NOT EXISTS");
        }
        List<List<Token>> parts = TokenCursor.splitAtCommas(cursor.rest());
        if (parts.size() > 1) {
            throw RefusedStatement.byRedshift("ALTER TABLE with more than one action");
        }
        if (parts.getFirst().stream()
                .anyMatch(token -> token.isAny("SORTKEY", "DISTKEY", "IDENTITY"))) {
            throw RefusedStatement.byRedshift("ADD COLUMN with SORTKEY, DISTKEY or IDENTITY");
        }
        out.addAll(
                ColumnDefinition.rewrite(new TokenCursor(parts.getFirst()), new LinkedHashSet<>()));
    }

    private Rewritten alter() {
        cursor.next();
        if (cursor.peek().isAny("DISTKEY", "DISTSTYLE", "SORTKEY", "COMPOUND", "ENCODE")) {
            return new Rewritten(List.of(), "");
        }
        cursor.accept("COLUMN");
        Token column = cursor.next();
        if (cursor.peek().is("ENCODE")) {
            return new Rewritten(List.of(), "");
        }
        if (!cursor.accept("TYPE")) {
            throw RefusedStatement.byRedshift("ALTER COLUMN " + cursor.peek().upper());
        }
        out.add(Token.generated("ALTER COLUMN"));
        out.add(column.withLead(" "));
        out.add(Token.word("TYPE"));
        List<Token> type = new ArrayList<>();
        TypeName.rewrite(cursor, type);
        if (!type.getFirst().text().startsWith("varchar")) {
            throw RefusedStatement.byRedshift("ALTER COLUMN TYPE to a type other than VARCHAR");
        }
        type.forEach(token -> out.add(token.withLead(" ")));
        return new Rewritten(out, "ALTER TABLE ALTER COLUMN cannot run inside a transaction block");
    }

    private void rest() {
        List<Token> rest = cursor.rest();
        if (TokenCursor.splitAtCommas(rest).size() > 1) {
            throw RefusedStatement.byRedshift("ALTER TABLE with more than one action");
        }
        if (rest.size() > 2
                && rest.getFirst().is("DROP")
                && rest.stream().anyMatch(token -> token.is("IF"))) {
            throw RefusedStatement.byRedshift("DROP COLUMN IF EXISTS");
        }
        out.addAll(rest);
    }
}
