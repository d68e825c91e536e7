package dev.sluice.loader.drift;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.loader.drift.DriftFinding.Kind;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares the columns of files with those of the table that they are loaded into.
public final class Drift {

    /// That the warehouse sets itself.
    private static final String LOADED = "loaded_ts";

    private Drift() {}

    /// What is different now.
    ///
    /// @param wanted the columns of files
    public static List<DriftFinding> find(Connection connection, String table, List<Column> wanted)
            throws SQLException {
        return compare(table, wanted, TableColumns.of(connection, table));
    }

    static List<DriftFinding> compare(
            String table, List<Column> wanted, Map<String, TableColumn> present) {
        List<DriftFinding> findings = new ArrayList<>();
        Map<String, TableColumn> others = new HashMap<>(present);
        others.remove(LOADED);
        for (Column column : wanted) {
            TableColumn found = others.remove(column.name());
            String type = column.type().sql();
            if (found == null) {
                findings.add(finding(table, column.name(), Kind.MISSING, type, ""));
                continue;
            }
            Kind kind = kind(column.type(), found);
            if (kind != null) {
                findings.add(finding(table, column.name(), kind, type, found.sql()));
            }
            if (found.mandatory() && !column.notNull()) {
                findings.add(
                        finding(table, column.name(), Kind.NOT_NULL, type, type + " NOT NULL"));
            }
        }
        others.values().stream()
                .sorted(Comparator.comparing(TableColumn::name))
                .forEach(
                        other ->
                                findings.add(
                                        finding(
                                                table,
                                                other.name(),
                                                other.mandatory() ? Kind.NOT_NULL : Kind.UNKNOWN,
                                                "",
                                                other.sql())));
        return findings;
    }

    private static DriftFinding finding(
            String table, String column, Kind kind, String wanted, String found) {
        return new DriftFinding(table, column, kind, wanted, found);
    }

    private static @Nullable Kind kind(ColumnType wanted, TableColumn found) {
        ColumnType type = found.type().orElse(null);
        if (wanted.equals(type)) {
            return null;
        }
        return switch (wanted) {
            case ColumnType.Varchar(int bytes) when type instanceof ColumnType.Varchar(int held) ->
                    held < bytes ? Kind.NARROWER : Kind.WIDER;
            case ColumnType.Decimal(int digits, int scale)
                    when type instanceof ColumnType.Decimal(int held, int places) ->
                    places < scale || held - places < digits - scale ? Kind.NARROWER : Kind.WIDER;
            case ColumnType.Int _ when type instanceof ColumnType.Bigint -> Kind.WIDER;
            case ColumnType.Bigint _ when type instanceof ColumnType.Int -> Kind.NARROWER;
            default -> Kind.OTHER_TYPE;
        };
    }
}
