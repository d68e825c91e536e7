package dev.sluice.local.redshift.sql;

import dev.sluice.local.redshift.sql.Token.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Translates Redshift's SQL to PostgreSQL's, statement by statement. The same input and session
/// view give the same output.
public final class SqlTranslator {

    private static final Set<String> REDSHIFT_SETTINGS =
            Set.of(
                    "analyze_threshold_percent",
                    "auto_mv",
                    "cast_super_null_on_error",
                    "default_geometry_encoding",
                    "describe_field_name_in_uppercase",
                    "enable_case_sensitive_identifier",
                    "enable_case_sensitive_super_attribute",
                    "enable_result_cache_for_session",
                    "enable_vacuum_boost",
                    "json_serialization_enable",
                    "json_serialization_parse_nested_strings",
                    "mv_enable_aqmv_for_session",
                    "navigate_super_null_on_error",
                    "parse_super_null_on_error",
                    "query_group",
                    "spectrum_enable_pseudo_columns",
                    "stored_proc_log_min_messages",
                    "use_fips_ssl",
                    "wlm_query_slot_count");

    private static final Set<String> NEVER_IN_TRANSACTION = Set.of("VACUUM", "TRUNCATE");

    private static final String NOTHING_TO_DO = "SET redshift.done TO 'nothing'";

    private SqlTranslator() {}

    /// @return one translation for each statement, in order; none for a text without statements
    /// @throws RefusedStatement when Redshift would refuse, or the stand-in cannot do the same
    public static List<TranslatedStatement> translate(Script script, SessionView session) {
        List<TranslatedStatement> translated = new ArrayList<>();
        for (List<Token> statement : script.statements()) {
            translated.add(statement(statement, session));
        }
        return translated;
    }

    /// The value a `SET enable_case_sensitive_identifier` in the script gives that setting, empty
    /// when there is none.
    public static Optional<Boolean> caseSensitiveIdentifierSetting(Script script) {
        Optional<Boolean> value = Optional.empty();
        for (List<Token> statement : script.statements()) {
            boolean set = statement.size() > 2 && statement.getFirst().isAny("SET", "RESET");
            if (set
                    && statement.stream()
                            .anyMatch(token -> token.is("enable_case_sensitive_identifier"))) {
                Token last = statement.getLast();
                String text = last.kind() == Kind.STRING ? last.stringValue() : last.text();
                value =
                        Optional.of(
                                Set.of("true", "on", "1")
                                        .contains(text.toLowerCase(java.util.Locale.ROOT)));
            }
        }
        return value;
    }

    private static TranslatedStatement statement(List<Token> statement, SessionView session) {
        DenyList.check(statement);
        Token first = statement.getFirst();
        String refusal =
                NEVER_IN_TRANSACTION.contains(first.upper())
                        ? first.upper()
                                + (first.is("TRUNCATE")
                                        ? " commits the transaction it runs in; it"
                                        : "")
                                + " cannot run inside a transaction block"
                        : "";
        return switch (first.upper()) {
            case "COPY" -> copy(statement);
            case "UNLOAD" -> throw RefusedStatement.byStandIn("UNLOAD");
            case "VACUUM", "ANALYZE", "ANALYSE" -> done(first, NOTHING_TO_DO, refusal);
            case "SET", "RESET", "SHOW" -> done(first, setting(statement), "");
            case "MERGE" -> {
                MergeCheck.check(statement, session);
                yield expression(first, statement, session, "");
            }
            case "CREATE" -> expression(first, create(statement), session, "");
            case "ALTER" -> alter(statement, session);
            case "REFRESH" -> done(first, withoutLast(statement, "CASCADE", "RESTRICT"), "");
            default -> expression(first, statement, session, refusal);
        };
    }

    private static TranslatedStatement done(Token first, String sql, String refusedInTransaction) {
        return new TranslatedStatement(
                first.upper(), sql, Optional.empty(), refusedInTransaction, false);
    }

    private static TranslatedStatement copy(List<Token> statement) {
        CopyCommand copy = CopyParser.parse(statement);
        return new TranslatedStatement(
                "COPY", copy.copyFromStdin(copy.columns()), Optional.of(copy), "", false);
    }

    private static TranslatedStatement expression(
            Token first, List<Token> statement, SessionView session, String refusedInTransaction) {
        List<Token> navigated = SuperNavigation.rewrite(statement, session);
        List<Token> rewritten = FunctionCalls.rewrite(navigated, session.lastCopyCount());
        return new TranslatedStatement(
                first.upper(),
                Token.join(rewritten),
                Optional.empty(),
                refusedInTransaction,
                FunctionCalls.usesCopyCount(statement));
    }

    private static List<Token> create(List<Token> statement) {
        TokenCursor cursor = new TokenCursor(statement);
        cursor.next();
        cursor.acceptAny("LOCAL", "GLOBAL");
        cursor.acceptAny("TEMP", "TEMPORARY");
        if (cursor.peek().is("TABLE")) {
            return TableDefinition.rewrite(statement);
        }
        if (cursor.accept("MATERIALIZED", "VIEW")) {
            return materializedView(statement, cursor);
        }
        List<Token> last =
                statement.size() < 4
                        ? List.of()
                        : statement.subList(statement.size() - 4, statement.size());
        TokenCursor tail = new TokenCursor(last);
        boolean lateBinding = tail.accept("WITH", "NO", "SCHEMA", "BINDING");
        return lateBinding ? statement.subList(0, statement.size() - 4) : statement;
    }

    /// Drops the physical attributes and AUTO REFRESH: the stand-in refreshes on REFRESH alone.
    private static List<Token> materializedView(List<Token> statement, TokenCursor cursor) {
        List<Token> name = cursor.qualifiedName();
        while (!cursor.peek().is("AS")) {
            if (cursor.peek().symbol("(")) {
                cursor.skipGroup();
            } else if (cursor.next().isEnd()) {
                throw cursor.syntaxError();
            }
        }
        List<Token> out = new ArrayList<>(statement.subList(0, 3));
        out.addAll(name);
        out.addAll(cursor.rest());
        return out;
    }

    private static TranslatedStatement alter(List<Token> statement, SessionView session) {
        Token first = statement.getFirst();
        TokenCursor cursor = new TokenCursor(statement);
        cursor.next();
        if (cursor.peek().is("TABLE")) {
            AlterTable.Rewritten rewritten = AlterTable.rewrite(statement);
            return rewritten.tokens().isEmpty()
                    ? done(first, NOTHING_TO_DO, "")
                    : expression(
                            first, rewritten.tokens(), session, rewritten.refusedInTransaction());
        }
        if (cursor.accept("MATERIALIZED", "VIEW")) {
            return done(first, NOTHING_TO_DO, "");
        }
        return expression(first, statement, session, "");
    }

    private static String setting(List<Token> statement) {
        List<Token> out = new ArrayList<>(statement);
        for (int i = 1; i < Math.min(3, out.size()); i++) {
            Token token = out.get(i);
            if (token.identifier() && REDSHIFT_SETTINGS.contains(token.name())) {
                out.set(i, new Token(Kind.GENERATED, token.lead(), "redshift." + token.name()));
                break;
            }
        }
        return Token.join(out);
    }

    private static String withoutLast(List<Token> statement, String... words) {
        boolean last = statement.getLast().isAny(words);
        return Token.join(last ? statement.subList(0, statement.size() - 1) : statement);
    }
}
