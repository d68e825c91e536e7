package dev.sluice.gdpr.derived;

import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.gdpr.store.ErasableStore;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.gdpr.store.Holdings;
import dev.sluice.gdpr.store.Subjects;
import dev.sluice.gdpr.store.WarehouseConnections;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// `sessions` in Amazon Redshift: rows with one of the ids, or with the person that one of them is.
/// A session goes if it began before the erasure was asked for, as the loader drops its reports.
/// For one thread at a time.
public final class RedshiftSessions implements ErasableStore {

    private static final String NAME = "sessions";

    private final WarehouseRows rows;
    private final SubjectKeys keys;

    /// @throws IllegalArgumentException if the secret is too short
    public RedshiftSessions(WarehouseConnections connections, SubjectSecret secret) {
        rows = new WarehouseRows(NAME, connections);
        keys = new SubjectKeys(secret);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Holdings find(Subjects whose) {
        Holdings.Finder found = new Holdings.Finder();
        rows.read(
                connection -> {
                    for (SubjectId id : whose.ids()) {
                        find(connection, RowSearch.of(whose, id, keys), found);
                    }
                });
        return found.found();
    }

    @Override
    public void erase(Subjects whose, Holdings held) {
        if (held.isEmpty()) {
            return;
        }
        rows.change(
                connection -> {
                    for (SubjectId id : whose.ids()) {
                        RowSearch search = RowSearch.of(whose, id, keys);
                        String sql = "DELETE FROM sessions" + where(id);
                        try (PreparedStatement delete = search.ofIdOrPerson(connection, sql)) {
                            delete.executeUpdate();
                        }
                    }
                });
    }

    private static void find(Connection connection, RowSearch search, Holdings.Finder found)
            throws SQLException {
        String sql = "SELECT session_id, started_at FROM sessions" + where(search.id());
        try (PreparedStatement query = search.ofIdOrPerson(connection, sql);
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                Instant started =
                        result.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC);
                found.rows(List.of(new HeldRecord(result.getString(1), started, 0)));
            }
        }
    }

    private static String where(SubjectId id) {
        return " WHERE tenant_id = ? AND started_at < CAST(? AS TIMESTAMP) AND (%s = ? OR person_id = ?)"
                .formatted(id.kind().field());
    }
}
