package dev.sluice.local.redshift.sql;

import dev.sluice.local.redshift.sql.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Rewrites the functions and expressions that a function in `pg_catalog` cannot stand in for.
final class FunctionCalls {

    /// What `version()` answers; clients look for the word Redshift and for 8.0.2.
    static final String VERSION =
            "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017"
                    + " (Red Hat 3.4.2-6.fc3), Redshift 1.0.99999 (local stand-in)";

    private static final Set<String> DATE_PART_FUNCTIONS =
            Set.of("DATEADD", "DATEDIFF", "DATE_ADD", "DATE_DIFF", "DATE_PART", "DATE_TRUNC");

    private final TokenCursor cursor;
    private final List<Token> out = new ArrayList<>();
    private final long lastCopyCount;

    private FunctionCalls(List<Token> statement, long lastCopyCount) {
        cursor = new TokenCursor(statement);
        this.lastCopyCount = lastCopyCount;
    }

    static List<Token> rewrite(List<Token> statement, long lastCopyCount) {
        return new FunctionCalls(statement, lastCopyCount).run();
    }

    /// Whether the translation of the statement holds good only until the next COPY.
    static boolean usesCopyCount(List<Token> statement) {
        return statement.stream().anyMatch(token -> token.is("PG_LAST_COPY_COUNT"));
    }

    private List<Token> run() {
        while (!cursor.atEnd()) {
            Token token = cursor.next();
            boolean member = !out.isEmpty() && out.getLast().symbol(".");
            if (token.kind() != Kind.WORD || member) {
                cast(token);
            } else {
                word(token);
            }
        }
        return out;
    }

    private void cast(Token token) {
        if (token.symbol("::") && cursor.peek().is("SUPER")) {
            if (out.isEmpty() || !out.getLast().is("NULL")) {
                throw RefusedStatement.byStandIn("a cast to SUPER (use JSON_PARSE)");
            }
            cursor.next();
            out.add(Token.generated("::jsonb"));
        } else {
            out.add(token);
        }
    }

    private void word(Token token) {
        boolean call = cursor.peek().symbol("(");
        boolean noArguments = call && cursor.peek(1).symbol(")");
        String name = token.upper();
        if (name.equals("SYSDATE") && !call) {
            out.add(token.withText("(pg_catalog.transaction_timestamp() AT TIME ZONE 'UTC')"));
        } else if (name.equals("NVL") && call) {
            out.add(token.withText("COALESCE"));
        } else if (name.equals("VERSION") && noArguments) {
            cursor.skipGroup();
            out.add(new Token(Kind.GENERATED, token.lead(), "'" + VERSION + "'::text"));
        } else if (name.equals("PG_LAST_COPY_COUNT") && noArguments) {
            cursor.skipGroup();
            out.add(new Token(Kind.GENERATED, token.lead(), lastCopyCount + "::bigint"));
        } else if (DATE_PART_FUNCTIONS.contains(name) && call && cursor.peek(2).symbol(",")) {
            datePart(token);
        } else if (name.equals("APPROXIMATE") && cursor.peek().isAny("COUNT", "PERCENTILE_DISC")) {
            out.add(cursor.next().withLead(token.lead()));
        } else if (name.equals("MEDIAN") && call) {
            median(token);
        } else if (name.equals("LISTAGG") && call) {
            listAggregate(token);
        } else {
            out.add(token);
        }
    }

    private void datePart(Token function) {
        out.add(function);
        out.add(cursor.next());
        Token part = cursor.next();
        boolean bare = part.kind() == Kind.WORD;
        out.add(bare ? part.withText("'" + part.text().toLowerCase(Locale.ROOT) + "'") : part);
    }

    private void median(Token token) {
        List<Token> argument = rewrite(cursor.parenthesised(), lastCopyCount);
        out.add(token.withText("percentile_cont(0.5) WITHIN GROUP (ORDER BY "));
        out.addAll(argument);
        out.add(Token.punctuation(")"));
    }

    private void listAggregate(Token token) {
        List<Token> arguments = rewrite(cursor.parenthesised(), lastCopyCount);
        TokenCursor distinct = new TokenCursor(arguments);
        boolean unique = distinct.accept("DISTINCT");
        List<List<Token>> parts = TokenCursor.splitAtCommas(distinct.rest());
        String delimiter = parts.size() > 1 ? Token.join(parts.get(1)) : "''";
        String order = "";
        if (cursor.accept("WITHIN", "GROUP")) {
            order = Token.join(rewrite(cursor.parenthesised(), lastCopyCount));
        }
        out.add(
                token.withText(
                        "string_agg("
                                + (unique ? "DISTINCT " : "")
                                + "("
                                + Token.join(parts.getFirst())
                                + ")::varchar, "
                                + delimiter
                                + " "
                                + order
                                + ")"));
    }
}
