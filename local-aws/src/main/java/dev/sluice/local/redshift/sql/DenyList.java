package dev.sluice.local.redshift.sql;

import dev.sluice.local.redshift.sql.Token.Kind;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Refuses what PostgreSQL would run and Redshift would not, so that nothing comes to rely on it.
///
/// Source: Amazon Redshift Database Developer Guide, "Unsupported PostgreSQL features", "data
/// types" and "functions".
final class DenyList {

    private static final Set<String> OPERATORS =
            Set.of("->", "->>", "#>", "#>>", "@>", "<@", "@?", "@@", "?|", "?&", "#-", "&&");

    private static final Set<String> OBJECTS =
            Set.of(
                    "AGGREGATE",
                    "CAST",
                    "COLLATION",
                    "CONVERSION",
                    "DOMAIN",
                    "EVENT",
                    "EXTENSION",
                    "INDEX",
                    "OPERATOR",
                    "POLICY",
                    "PUBLICATION",
                    "RULE",
                    "SEQUENCE",
                    "SERVER",
                    "STATISTICS",
                    "SUBSCRIPTION",
                    "TABLESPACE",
                    "TRIGGER",
                    "TYPE",
                    "UNLOGGED");

    private static final Set<String> COMMANDS =
            Set.of(
                    "DO",
                    "LISTEN",
                    "NOTIFY",
                    "UNLISTEN",
                    "SAVEPOINT",
                    "RELEASE",
                    "REINDEX",
                    "CLUSTER",
                    "CHECKPOINT");

    private static final Set<String> FUNCTIONS =
            Set.of(
                    "ARRAY_AGG",
                    "GEN_RANDOM_UUID",
                    "JSON_AGG",
                    "JSON_BUILD_ARRAY",
                    "JSON_BUILD_OBJECT",
                    "JSON_OBJECT_AGG",
                    "JSONB_AGG",
                    "JSONB_ARRAY_ELEMENTS",
                    "JSONB_BUILD_OBJECT",
                    "JSONB_EXTRACT_PATH",
                    "JSONB_EXTRACT_PATH_TEXT",
                    "JSONB_OBJECT_AGG",
                    "JSONB_SET",
                    "NEXTVAL",
                    "CURRVAL",
                    "SETVAL",
                    "ROW_TO_JSON",
                    "STRING_AGG",
                    "TO_JSON",
                    "TO_JSONB",
                    "UNNEST");

    private static final Set<String> TYPES =
            Set.of(
                    "JSONB",
                    "JSON",
                    "UUID",
                    "BYTEA",
                    "SERIAL",
                    "BIGSERIAL",
                    "SMALLSERIAL",
                    "SERIAL4",
                    "SERIAL8",
                    "MONEY",
                    "INET",
                    "CIDR",
                    "MACADDR",
                    "XML",
                    "BIT",
                    "VARBIT",
                    "TSVECTOR",
                    "TSQUERY",
                    "INT4RANGE",
                    "INT8RANGE",
                    "NUMRANGE",
                    "TSRANGE",
                    "TSTZRANGE",
                    "DATERANGE",
                    "POINT",
                    "BOX",
                    "CIRCLE",
                    "LSEG",
                    "PATH",
                    "POLYGON",
                    "ENUM");

    private static final Map<String, String> PAIRS =
            Map.of(
                    "ON", "CONFLICT",
                    "DISTINCT", "ON",
                    "WITH", "ORDINALITY",
                    "SKIP", "LOCKED");

    private DenyList() {}

    /// @throws RefusedStatement when the statement holds something Redshift has not
    static void check(List<Token> statement) {
        Token command = statement.getFirst();
        if (COMMANDS.contains(command.upper())) {
            throw RefusedStatement.byRedshift(command.upper());
        }
        if (command.isAny("CREATE", "ALTER", "DROP")) {
            checkObject(statement);
        }
        boolean grants = command.isAny("GRANT", "REVOKE", "COMMENT", "COPY", "UNLOAD");
        for (int i = 0; i < statement.size() && !grants; i++) {
            checkToken(statement, i);
        }
    }

    static boolean deniedType(Token token) {
        return token.kind() == Kind.WORD && TYPES.contains(token.upper());
    }

    private static void checkObject(List<Token> statement) {
        TokenCursor cursor = new TokenCursor(statement);
        Token command = cursor.next();
        cursor.accept("OR", "REPLACE");
        cursor.acceptAny("UNIQUE", "CONSTRAINT", "GLOBAL", "LOCAL");
        cursor.acceptAny("TEMP", "TEMPORARY");
        Token object = cursor.peek();
        if (object.kind() == Kind.WORD && OBJECTS.contains(object.upper())) {
            throw RefusedStatement.byRedshift(command.upper() + " " + object.upper());
        }
        if (object.isAny("FOREIGN", "RECURSIVE")) {
            throw RefusedStatement.byRedshift(command.upper() + " " + object.upper());
        }
    }

    private static void checkToken(List<Token> statement, int i) {
        Token token = statement.get(i);
        Token next = i + 1 < statement.size() ? statement.get(i + 1) : Token.END;
        boolean member = i > 0 && statement.get(i - 1).symbol(".");
        if (token.kind() == Kind.OPERATOR && OPERATORS.contains(token.text())) {
            throw RefusedStatement.byRedshift("operator " + token.text());
        }
        if (token.symbol("::") && DenyList.deniedType(next)) {
            throw RefusedStatement.byRedshift("type " + next.upper());
        }
        if (token.kind() != Kind.WORD || member) {
            return;
        }
        if (next.is(PAIRS.getOrDefault(token.upper(), ""))) {
            throw RefusedStatement.byRedshift(token.upper() + " " + next.upper());
        }
        if (token.is("FOR") && next.isAny("UPDATE", "SHARE", "NO", "KEY")) {
            throw RefusedStatement.byRedshift("SELECT FOR " + next.upper());
        }
        if (token.isAny("RETURNING", "LATERAL")) {
            throw RefusedStatement.byRedshift(token.upper());
        }
        if (token.is("QUALIFY")) {
            throw RefusedStatement.byStandIn("QUALIFY");
        }
        if ((token.is("ARRAY") && next.symbol("[")) || (token.is("FILTER") && next.symbol("("))) {
            throw RefusedStatement.byRedshift(token.upper() + " " + next.text());
        }
        if (next.symbol("(") && FUNCTIONS.contains(token.upper())) {
            throw RefusedStatement.byRedshift("function " + token.upper());
        }
    }
}
