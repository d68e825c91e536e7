package dev.sluice.gdpr.derived;

import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectKind;
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

/// `identities` and `identity_persons` in Amazon Redshift: links of the ids, and links of other ids
/// to the person that one of them is. What links of other ids say besides stays, without that
/// person. For one thread at a time.
public final class RedshiftIdentities implements ErasableStore {

    private static final String NAME = "identities";

    private static final String IN_TIME =
            " WHERE tenant_id = ? AND linked_at < CAST(? AS TIMESTAMP)";

    private final WarehouseRows rows;
    private final SubjectKeys keys;

    /// @throws IllegalArgumentException if the secret is too short
    public RedshiftIdentities(WarehouseConnections connections, SubjectSecret secret) {
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
                        RowSearch search = RowSearch.of(whose, id, keys);
                        find(connection, search, "identities", "previous_person_id", found);
                        find(connection, search, "identity_persons", "own_person_id", found);
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
                        erase(connection, search, "identities", "previous_person_id");
                        erase(connection, search, "identity_persons", "own_person_id");
                    }
                });
    }

    private void find(
            Connection connection,
            RowSearch search,
            String table,
            String before,
            Holdings.Finder found)
            throws SQLException {
        String sql =
                "SELECT id_kind, id, person_id, linked_at FROM "
                        + table
                        + where(search.id(), "person_id, " + before);
        try (PreparedStatement query = search.ofIdOrPerson(connection, sql);
                ResultSet result = query.executeQuery()) {
            while (result.next()) {
                Instant linked = result.getObject(4, LocalDateTime.class).toInstant(ZoneOffset.UTC);
                String row =
                        "%s/%s/%s/%s"
                                .formatted(
                                        table,
                                        key(
                                                search.whose(),
                                                result.getString(1),
                                                result.getString(2)),
                                        result.getString(3),
                                        linked);
                found.rows(List.of(new HeldRecord(row, linked, 0)));
            }
        }
    }

    /// @param before the column of the person that an id had before
    private static void erase(Connection connection, RowSearch search, String table, String before)
            throws SQLException {
        String delete = "DELETE FROM " + table + where(search.id(), "person_id");
        try (PreparedStatement statement = search.ofIdOrPerson(connection, delete)) {
            statement.executeUpdate();
        }
        String forget = "UPDATE %1$s SET %2$s = NULL%3$s AND %2$s = ?";
        try (PreparedStatement statement =
                search.ofPerson(connection, forget.formatted(table, before, IN_TIME))) {
            statement.executeUpdate();
        }
    }

    /// @param persons columns of which one may be the person
    private static String where(SubjectId id, String persons) {
        return IN_TIME
                + " AND (id_kind = '%s' AND id = ? OR ? IN (%s))".formatted(kind(id), persons);
    }

    /// Of an id of a row, without telling it.
    private String key(Subjects whose, String kind, String id) {
        SubjectKind of = kind.equals("user") ? SubjectKind.USER_ID : SubjectKind.ANONYMOUS_ID;
        return keys.of(whose.tenant(), new SubjectId(of, id)).toString();
    }

    private static String kind(SubjectId id) {
        return switch (id.kind()) {
            case USER_ID -> "user";
            case ANONYMOUS_ID -> "anonymous";
        };
    }
}
