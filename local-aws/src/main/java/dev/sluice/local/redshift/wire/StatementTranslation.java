package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.sql.Column;
import dev.sluice.local.redshift.sql.CopyCommand;
import dev.sluice.local.redshift.sql.Relation;
import dev.sluice.local.redshift.sql.Script;
import dev.sluice.local.redshift.sql.SessionView;
import dev.sluice.local.redshift.sql.SqlTranslator;
import dev.sluice.local.redshift.sql.TranslatedStatement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Translates a client's SQL with what its session knows: catalog, transaction, settings.
final class StatementTranslation {

    /// A statement and, for COPY, what it loads.
    record Translated(TranslatedStatement statement, Optional<CopyTarget> copy) {}

    private final CatalogQuery catalog;
    private final SessionState state;
    private boolean caseSensitiveIdentifiers;

    StatementTranslation(CatalogQuery catalog, SessionState state) {
        this.catalog = catalog;
        this.state = state;
    }

    /// @param simple whether the client is in the simple protocol
    /// @param typedParameters see [SessionView]
    /// @throws dev.sluice.local.redshift.sql.RefusedStatement when a statement is refused
    List<Translated> of(String sql, boolean simple, Set<Integer> typedParameters)
            throws IOException {
        Script script = Script.parse(sql, caseSensitiveIdentifiers);
        Set<String> names = state.failed() ? Set.of() : script.relations();
        Map<String, Relation> relations =
                names.isEmpty() ? Map.of() : catalog.relations(names, simple);
        SessionView view =
                new SessionView(
                        relations,
                        state.lastCopyCount(),
                        typedParameters,
                        caseSensitiveIdentifiers);
        List<Translated> translated = new ArrayList<>();
        for (TranslatedStatement statement : SqlTranslator.translate(script, view)) {
            translated.add(
                    new Translated(
                            statement,
                            statement
                                    .copy()
                                    .map(copy -> new CopyTarget(copy, columns(copy, relations)))));
        }
        SqlTranslator.caseSensitiveIdentifierSetting(script)
                .ifPresent(value -> caseSensitiveIdentifiers = value);
        return translated;
    }

    /// The columns a COPY loads, in order; empty when the table or one of them is unknown, which
    /// the server will say.
    private static List<Column> columns(CopyCommand copy, Map<String, Relation> relations) {
        if (relations.isEmpty()) {
            return List.of();
        }
        Relation table = relations.get(copy.relation());
        if (table == null || copy.columns().isEmpty()) {
            return table == null ? List.of() : table.columns();
        }
        List<Column> columns = new ArrayList<>();
        for (String name : copy.columns()) {
            table.columns().stream()
                    .filter(c -> c.name().equals(name))
                    .findFirst()
                    .ifPresent(columns::add);
        }
        return columns.size() == copy.columns().size() ? columns : List.of();
    }
}
