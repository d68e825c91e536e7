package dev.sluice.local.redshift.sql;

import dev.sluice.local.redshift.sql.Token.Kind;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Rewrites navigation into SUPER values, `t.properties.list[0].sku`, to PostgreSQL's jsonb
/// subscripts. Only a name that the catalog gives as a SUPER column of a relation of the statement
/// is taken for one; a bare name that is a SUPER column of one relation and something else of
/// another is refused as ambiguous.
///
/// Field names fold to lower case as in Redshift, unless quoted while
/// `enable_case_sensitive_identifier` is on. A value compared with a string literal is compared as
/// text, which is what Redshift's dynamic typing comes to.
///
/// Source: Amazon Redshift Database Developer Guide, "Querying semistructured data".
final class SuperNavigation {

    private static final Set<String> COMPARISONS =
            Set.of("=", "<>", "!=", "<", ">", "<=", ">=", "||");

    private final List<Token> statement;
    private final Map<String, Relation> relations;
    private final Set<Integer> typedParameters;
    private final FromClause from;
    private final UnnestedArrays unnested;
    private final List<Token> out = new ArrayList<>();
    private final Deque<Boolean> selectList = new ArrayDeque<>(List.of(false));
    private int at;

    private SuperNavigation(List<Token> statement, SessionView session) {
        this.statement = statement;
        this.relations = session.relations();
        this.typedParameters = session.typedParameters();
        this.from = FromClause.of(statement);
        this.unnested = UnnestedArrays.of(from, relations);
    }

    /// Whether the statement holds something that looks like navigation, so that the catalog must
    /// be asked.
    static boolean possible(List<Token> statement) {
        if (statement
                .getFirst()
                .isAny("SET", "SHOW", "GRANT", "REVOKE", "COMMENT", "DROP", "ALTER")) {
            return false;
        }
        for (int i = 1; i < statement.size() - 1; i++) {
            boolean dot = statement.get(i).symbol(".") && statement.get(i + 1).identifier();
            boolean index = statement.get(i).symbol("[");
            Token before = statement.get(i - 1);
            if (((dot || index) && before.identifier()) || (index && before.symbol("]"))) {
                return true;
            }
        }
        return false;
    }

    static List<Token> rewrite(List<Token> statement, SessionView session) {
        boolean anySuper =
                session.relations().values().stream()
                        .flatMap(relation -> relation.columns().stream())
                        .anyMatch(column -> column.typeOid() == Column.SUPER);
        if (!anySuper || !possible(statement)) {
            return statement;
        }
        return new SuperNavigation(statement, session).run();
    }

    private List<Token> run() {
        while (at < statement.size()) {
            Token token = statement.get(at);
            trackSelectList(token);
            if (token.identifier() && !previous().symbol(".") && !previous().is("AS")) {
                chain();
            } else {
                out.add(token);
                at++;
            }
        }
        return out;
    }

    private Token previous() {
        return at == 0 ? Token.END : statement.get(at - 1);
    }

    private void trackSelectList(Token token) {
        if (token.symbol("(")) {
            selectList.push(false);
        } else if (token.symbol(")") && selectList.size() > 1) {
            selectList.pop();
        } else if (token.is("SELECT")) {
            selectList.pop();
            selectList.push(true);
        } else if (token.isAny("FROM", "WHERE", "UNION", "ORDER", "GROUP", "HAVING")
                && selectList.element()) {
            selectList.pop();
            selectList.push(false);
        }
    }

    private void chain() {
        int start = at;
        int end = endOfChain(start);
        if (unnests(start, end)) {
            Token alias = next(next(end).is("AS") ? end + 1 : end);
            out.add(UnnestedArrays.item(statement.subList(start, end), alias));
            at = next(end).is("AS") ? end + 2 : end + 1;
            return;
        }
        int root = rootLength(start, end);
        if (root == 0 || start + root >= end || next(end).symbol("(")) {
            out.add(statement.get(at++));
            while (at < end) {
                out.add(statement.get(at++));
            }
            return;
        }
        if (previous().isAny("FROM", "JOIN")) {
            throw RefusedStatement.byStandIn("unnesting a SUPER array in FROM");
        }
        String column = Token.join(statement.subList(start, start + root)).strip();
        StringBuilder path = new StringBuilder("(" + column + ")");
        for (int i = start + root; i < end; i++) {
            Token token = statement.get(i);
            if (token.identifier()) {
                path.append("['")
                        .append(token.name().replace("\\", "\\\\").replace("'", "''"))
                        .append("']");
            } else if (token.symbol("[")) {
                path.append('[').append(statement.get(i + 1).text()).append(']');
                i += 2;
            }
        }
        boolean text = comparedWithString(start, end);
        String alias = outputName(start, end);
        at = end;
        out.add(
                new Token(
                        Kind.GENERATED,
                        statement.get(start).lead(),
                        path + (text ? "::varchar" : "") + alias));
    }

    /// Whether the chain is an array in a FROM list.
    private boolean unnests(int start, int end) {
        Token alias = next(next(end).is("AS") ? end + 1 : end);
        return end == start + 3
                && previous().symbol(",")
                && !selectList.element()
                && unnested.names(alias);
    }

    private int endOfChain(int start) {
        int end = start + 1;
        while (true) {
            if (next(end).symbol(".") && next(end + 1).identifier()) {
                end += 2;
            } else if (next(end).symbol("[")
                    && next(end + 1).kind() == Kind.NUMBER
                    && next(end + 2).symbol("]")) {
                end += 3;
            } else {
                return end;
            }
        }
    }

    private Token next(int index) {
        return index < statement.size() ? statement.get(index) : Token.END;
    }

    /// How many tokens of the chain name the SUPER column itself, 0 when it names none.
    private int rootLength(int start, int end) {
        String first = statement.get(start).name();
        if (unnested.names(statement.get(start))) {
            return 1;
        }
        Set<String> aliased = from.aliases().getOrDefault(first, Set.of());
        if (!aliased.isEmpty()) {
            boolean member = start + 3 < end && next(start + 1).symbol(".");
            return member && isSuper(named(aliased), next(start + 2).name(), first) ? 3 : 0;
        }
        if (end == start + 1) {
            return 0;
        }
        List<Relation> all = named(from.relations());
        return all.stream().anyMatch(r -> r.hasSuper(first)) && isSuper(all, first, first) ? 1 : 0;
    }

    private List<Relation> named(Set<String> names) {
        Stream<Relation> found = names.stream().map(relations::get).filter(Objects::nonNull);
        return found.toList();
    }

    private static boolean isSuper(List<Relation> candidates, String column, String shownAs) {
        boolean asSuper = candidates.stream().anyMatch(r -> r.hasSuper(column));
        boolean asOther = candidates.stream().anyMatch(r -> r.has(column) && !r.hasSuper(column));
        if (asSuper && asOther) {
            throw new RefusedStatement(
                    "42702",
                    "column reference \""
                            + shownAs
                            + "\" is ambiguous; qualify it to navigate a SUPER value");
        }
        return asSuper;
    }

    private boolean comparedWithString(int start, int end) {
        Token after = next(end);
        if (after.is("NOT")) {
            after = next(end + 1);
        }
        if (after.isAny("LIKE", "ILIKE", "SIMILAR")) {
            return true;
        }
        boolean list = after.is("IN");
        boolean between = after.is("BETWEEN");
        boolean literalAfter = COMPARISONS.contains(after.text()) && isText(next(end + 1));
        boolean literalBefore =
                start > 1
                        && COMPARISONS.contains(statement.get(start - 1).text())
                        && isText(statement.get(start - 2));
        return literalAfter || literalBefore || ((list || between) && stringFollows(end));
    }

    private boolean isText(Token token) {
        return token.kind() == Kind.STRING
                || (token.kind() == Kind.PARAMETER
                        && !typedParameters.contains(Integer.parseInt(token.text().substring(1))));
    }

    private boolean stringFollows(int from) {
        for (int i = from; i < Math.min(from + 4, statement.size()); i++) {
            if (isText(statement.get(i))) {
                return true;
            }
        }
        return false;
    }

    /// Redshift names an output column after the last field navigated to.
    private String outputName(int start, int end) {
        Token before = start == 0 ? Token.END : statement.get(start - 1);
        Token after = next(end);
        boolean alone = before.isAny("SELECT", "DISTINCT", "ALL") || before.symbol(",");
        boolean ends = after.isEnd() || after.symbol(",") || after.isAny("FROM", "UNION");
        if (!selectList.element() || !alone || !ends) {
            return "";
        }
        for (int i = end - 1; i > start; i--) {
            if (statement.get(i).identifier()) {
                return " AS " + Token.quoteIdentifier(statement.get(i).name());
            }
        }
        return "";
    }
}
