package dev.sluice.local.redshift.sql;

import java.util.List;

/// Checks that a MERGE stays within the form Redshift accepts: target without alias, a table as
/// source, exactly the two branches, no conditions on them.
///
/// Source: Amazon Redshift Database Developer Guide, "MERGE".
final class MergeCheck {

    private MergeCheck() {}

    static void check(List<Token> statement, SessionView session) {
        TokenCursor cursor = new TokenCursor(statement);
        cursor.expect("MERGE");
        cursor.accept("INTO");
        cursor.qualifiedName();
        if (!cursor.accept("USING")) {
            throw RefusedStatement.byRedshift("an alias of the target table in MERGE");
        }
        if (cursor.peek().symbol("(")) {
            throw RefusedStatement.byRedshift("a subquery as the source of MERGE");
        }
        String source = Script.relationName(cursor.qualifiedName());
        Relation relation = session.relations().get(source);
        if (relation != null && !relation.isTable()) {
            throw RefusedStatement.byRedshift("a view as the source of MERGE");
        }
        branches(cursor.rest());
    }

    private static void branches(List<Token> rest) {
        int matched = 0;
        int notMatched = 0;
        for (int i = 0; i < rest.size(); i++) {
            TokenCursor at = new TokenCursor(rest.subList(i, rest.size()));
            if (at.accept("REMOVE", "DUPLICATES")) {
                throw RefusedStatement.byStandIn("MERGE … REMOVE DUPLICATES");
            } else if (at.accept("WHEN", "MATCHED")) {
                matched++;
                checkThen(at);
            } else if (at.accept("WHEN", "NOT", "MATCHED")) {
                notMatched++;
                checkThen(at);
            }
        }
        if (matched != 1 || notMatched != 1) {
            throw RefusedStatement.byRedshift(
                    "MERGE without exactly one WHEN MATCHED and one WHEN NOT MATCHED");
        }
    }

    private static void checkThen(TokenCursor at) {
        if (!at.accept("THEN")) {
            throw RefusedStatement.byRedshift("a condition on a WHEN branch of MERGE");
        }
        if (at.peek().is("DO")) {
            throw RefusedStatement.byRedshift("DO NOTHING in MERGE");
        }
    }
}
