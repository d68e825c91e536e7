package dev.sluice.loader.warehouse;

import dev.sluice.contracts.table.Column;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.queue.LoadFile;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Says what files would change in `events` if they were loaded. Nothing outside of its own
/// temporary tables is written.
public final class StagedComparison {

    private static final String STAGING = EventsStatements.STAGING;

    private static final String SAME_EVENT =
            "s.tenant_id = e.tenant_id AND s.event_id = e.event_id";

    /// When an event was enriched says nothing about it.
    private static final String ENRICHED = "enriched_ts";

    private final Connection connection;
    private final Manifest manifest;
    private final String iamRole;

    /// What would become of rows.
    ///
    /// @param added that `events` does not have
    /// @param changed in one column or more
    /// @param unchanged in all of them
    /// @param duplicates of rows with another receipt, which would stay as they are
    /// @param missing that are in `events` and not in the files
    /// @param changedByColumn how many rows would change in it; without columns that would not
    public record Difference(
            long added,
            long changed,
            long unchanged,
            long duplicates,
            long missing,
            Map<String, Long> changedByColumn) {}

    /// @param iamRole with which the warehouse reads the bucket: an ARN, or `default`
    public StagedComparison(Connection connection, Manifest manifest, String iamRole) {
        this.connection = connection;
        this.manifest = manifest;
        this.iamRole = iamRole;
    }

    /// Compares files with the table.
    ///
    /// @param id names the manifest
    /// @param files one or more
    /// @param layout that all of them have
    /// @param expected a condition on the row `e` of `events`: which rows the files should have
    public Difference of(String id, List<LoadFile> files, FileLayout layout, String expected)
            throws SQLException {
        String uri = manifest.publish(id, files);
        connection.setAutoCommit(false);
        try {
            return compare(uri, layout, expected);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
            manifest.remove(id);
        }
    }

    private Difference compare(String manifestUri, FileLayout layout, String expected)
            throws SQLException {
        Sql sql = new Sql(connection);
        new StagingTable(STAGING, layout.columns()).fill(sql, manifestUri, iamRole);
        sql.execute(PersonStatements.findStaged());
        sql.execute(PersonStatements.restateStaged());
        sql.execute(PersonStatements.dropStaged());
        long added =
                sql.number(
                        "SELECT COUNT(*) FROM (SELECT DISTINCT s.tenant_id, s.event_id FROM %s AS s LEFT JOIN events AS e ON %s WHERE e.event_id IS NULL) AS added"
                                .formatted(STAGING, SAME_EVENT));
        long duplicates =
                sql.number(
                        "SELECT COUNT(*) FROM %s AS s JOIN events AS e ON %s WHERE s.received_ts <> e.received_ts"
                                .formatted(STAGING, SAME_EVENT));
        long missing =
                sql.number(
                        "SELECT COUNT(*) FROM events AS e LEFT JOIN %s AS s ON %s WHERE s.event_id IS NULL AND (%s)"
                                .formatted(STAGING, SAME_EVENT, expected));
        List<Column> compared = compared(layout);
        List<Long> counts = counts(compared);
        Map<String, Long> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < compared.size(); i++) {
            if (counts.get(i + 2) > 0) {
                byColumn.put(compared.get(i).name(), counts.get(i + 2));
            }
        }
        long changed = counts.get(1);
        return new Difference(
                added, changed, counts.get(0) - changed, duplicates, missing, byColumn);
    }

    /// A column that the table does not have yet cannot differ.
    private List<Column> compared(FileLayout layout) throws SQLException {
        Set<String> present = EventsColumns.present(connection);
        return layout.columns().stream()
                .filter(column -> present.contains(column.name()))
                .filter(column -> !EventsStatements.ROW_KEEPS.contains(column.name()))
                .filter(column -> !column.name().equals(ENRICHED))
                .toList();
    }

    /// Rows that are compared, rows that differ, and rows that differ by column.
    private List<Long> counts(List<Column> compared) throws SQLException {
        String query =
                "SELECT COUNT(*), NVL(SUM(CASE WHEN %s THEN 0 ELSE 1 END), 0), %s FROM %s AS s JOIN events AS e ON %s AND s.received_ts = e.received_ts"
                        .formatted(
                                compared.stream()
                                        .map(StagedComparison::same)
                                        .collect(Collectors.joining(" AND ")),
                                compared.stream()
                                        .map(
                                                column ->
                                                        "NVL(SUM(CASE WHEN %s THEN 0 ELSE 1 END), 0)"
                                                                .formatted(same(column)))
                                        .collect(Collectors.joining(", ")),
                                STAGING,
                                SAME_EVENT);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            List<Long> counts = new ArrayList<>();
            for (int i = 1; i <= compared.size() + 2; i++) {
                counts.add(result.getLong(i));
            }
            return counts;
        }
    }

    private static String same(Column column) {
        String name = column.name();
        return "(%1$s = e.%2$s OR (s.%2$s IS NULL AND e.%2$s IS NULL))"
                .formatted(StagingTable.value(column), name);
    }
}
