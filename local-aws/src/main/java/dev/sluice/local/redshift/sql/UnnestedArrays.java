package dev.sluice.local.redshift.sql;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The items of a FROM list that are arrays of an item before them, `FROM events e, e.products p`:
/// one row for each element. What is no array is an element itself; NULL has none.
///
/// Source: Amazon Redshift Database Developer Guide, "Unnesting queries".
///
/// @param aliases the names that elements have in the statement
record UnnestedArrays(Set<String> aliases) {

    static UnnestedArrays of(FromClause from, Map<String, Relation> relations) {
        return new UnnestedArrays(
                from.aliases().entrySet().stream()
                        .filter(
                                alias ->
                                        alias.getValue().stream()
                                                .anyMatch(item -> isArray(item, from, relations)))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    private static boolean isArray(String item, FromClause from, Map<String, Relation> relations) {
        String[] parts = item.replace("\"", "").split("\\.");
        return parts.length == 2
                && from.aliases().getOrDefault(parts[0], Set.of()).stream()
                        .map(relations::get)
                        .filter(Objects::nonNull)
                        .anyMatch(relation -> relation.hasSuper(parts[1]));
    }

    boolean names(Token token) {
        return token.identifier() && aliases.contains(token.name());
    }

    /// The item for PostgreSQL.
    ///
    /// @param array `alias . column`
    static Token item(List<Token> array, Token alias) {
        String value = Token.join(array).strip();
        String name = Token.quoteIdentifier(alias.name());
        return Token.generated(
                (" LATERAL jsonb_array_elements(CASE jsonb_typeof(%1$s) WHEN 'array' THEN %1$s WHEN"
                                + " 'null' THEN NULL ELSE jsonb_build_array(%1$s) END) AS %2$s(%2$s)")
                        .formatted(value, name));
    }
}
