package dev.sluice.local.redshift.sql;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The relations a statement reads or writes, anywhere in it, and the names it gives them.
///
/// @param relations names ready for `to_regclass`; a name that is a common table expression is
///     among them
/// @param aliases alias or bare table name to the relations it stands for in the statement
record FromClause(Set<String> relations, Map<String, Set<String>> aliases) {

    private static final Set<String> NO_ALIAS =
            Set.of(
                    "ON",
                    "USING",
                    "WHERE",
                    "JOIN",
                    "INNER",
                    "LEFT",
                    "RIGHT",
                    "FULL",
                    "CROSS",
                    "NATURAL",
                    "GROUP",
                    "ORDER",
                    "HAVING",
                    "LIMIT",
                    "OFFSET",
                    "UNION",
                    "EXCEPT",
                    "INTERSECT",
                    "MINUS",
                    "SET",
                    "VALUES",
                    "SELECT",
                    "WHEN",
                    "DEFAULT",
                    "WINDOW",
                    "FETCH",
                    "FOR",
                    "AS",
                    "FROM",
                    "WITH",
                    "QUALIFY",
                    "START",
                    "CONNECT",
                    "PIVOT",
                    "UNPIVOT");

    static FromClause of(List<Token> statement) {
        FromClause found = new FromClause(new LinkedHashSet<>(), new HashMap<>());
        for (int i = 0; i < statement.size(); i++) {
            Token token = statement.get(i);
            if (token.isAny("FROM", "JOIN", "INTO", "UPDATE", "USING")) {
                found.list(new TokenCursor(statement.subList(i + 1, statement.size())));
            }
        }
        return found;
    }

    private void list(TokenCursor cursor) {
        do {
            if (cursor.peek().symbol("(") && closed(cursor)) {
                cursor.skipGroup();
                cursor.accept("AS");
                if (cursor.peek().identifier() && !NO_ALIAS.contains(cursor.peek().upper())) {
                    cursor.next();
                }
            } else if (cursor.peek().identifier() && !NO_ALIAS.contains(cursor.peek().upper())) {
                relation(cursor);
            } else {
                return;
            }
        } while (cursor.acceptSymbol(","));
    }

    private static boolean closed(TokenCursor cursor) {
        int depth = 0;
        for (int i = 0; !cursor.peek(i).isEnd(); i++) {
            depth += cursor.peek(i).symbol("(") ? 1 : cursor.peek(i).symbol(")") ? -1 : 0;
            if (depth == 0) {
                return true;
            }
        }
        return false;
    }

    private void relation(TokenCursor cursor) {
        List<Token> name = cursor.qualifiedName();
        if (cursor.peek().symbol("(")) {
            return;
        }
        String relation = Script.relationName(name);
        relations.add(relation);
        String alias = name.getLast().name();
        boolean as = cursor.accept("AS");
        Token next = cursor.peek();
        if (next.identifier() && (as || !NO_ALIAS.contains(next.upper()))) {
            alias = cursor.next().name();
        }
        aliases.computeIfAbsent(alias, key -> new LinkedHashSet<>()).add(relation);
    }
}
