package dev.sluice.local.redshift.sql;

import java.util.List;

/// What the catalog says of a relation.
///
/// @param kind `pg_class.relkind`: `r` table, `v` view, `m` materialized view
/// @param columns in table order
public record Relation(char kind, List<Column> columns) {

    public Relation {
        columns = List.copyOf(columns);
    }

    boolean isTable() {
        return kind == 'r';
    }

    boolean hasSuper(String column) {
        return columns.stream()
                .anyMatch(c -> c.typeOid() == Column.SUPER && c.name().equals(column));
    }

    boolean has(String column) {
        return columns.stream().anyMatch(c -> c.name().equals(column));
    }
}
