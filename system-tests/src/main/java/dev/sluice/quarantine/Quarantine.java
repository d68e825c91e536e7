package dev.sluice.quarantine;

import dev.sluice.contracts.rejection.QuarantineFile;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.objects.ObjectStore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The quarantine as it is: which records there are says the warehouse, what is in them their
/// objects.
public final class Quarantine {

    private final Connection warehouse;
    private final ObjectStore objects;

    public Quarantine(Connection warehouse, ObjectStore objects) {
        this.warehouse = warehouse;
        this.objects = objects;
    }

    /// What is done with the answer to a query.
    @FunctionalInterface
    public interface Reader<T> {

        T read(ResultSet result) throws SQLException;
    }

    /// The reasons by event type and SDK, most frequent first.
    public <T> T summary(QuarantineFilter filter, Reader<T> reader) throws SQLException {
        return query(
                filter,
                "SELECT reason, event_type, source_id, sdk_name, sdk_version, COUNT(*) AS events,"
                        + " MIN(received_ts) AS first_seen, MAX(received_ts) AS last_seen,"
                        + " LEFT(MIN(message), 100) AS message, MIN(quarantine_id) AS sample FROM"
                        + " quarantined_events{where} GROUP BY 1, 2, 3, 4, 5 ORDER BY 6 DESC, 1, 2, 3",
                reader);
    }

    /// A line for each record, oldest first.
    ///
    /// @param limit how many at most
    public <T> T list(QuarantineFilter filter, int limit, Reader<T> reader) throws SQLException {
        return query(
                filter,
                "SELECT quarantine_id, received_ts, reason, tenant_id, source_id, event_type,"
                        + " event_id, LEFT(message, 100) AS message FROM quarantined_events{where}"
                        + " ORDER BY 2, 1 LIMIT "
                        + limit,
                reader);
    }

    /// Records, oldest first.
    ///
    /// @param limit how many at most
    /// @throws SetupFailure if an object is gone
    public List<QuarantineRecord> find(QuarantineFilter filter, int limit) throws SQLException {
        Map<String, Set<String>> wanted =
                query(
                        filter,
                        "SELECT object_key, quarantine_id FROM quarantined_events{where} ORDER BY"
                                + " received_ts, quarantine_id LIMIT "
                                + limit,
                        Quarantine::idsByObject);
        List<QuarantineRecord> found = new ArrayList<>();
        wanted.forEach((key, ids) -> found.addAll(read(key, ids)));
        return found;
    }

    /// The client's bytes.
    public byte[] original(QuarantineRecord refused) {
        String key = refused.originalKey();
        return key == null ? refused.original() : require(key);
    }

    /// The body as it was mended, if it was.
    public Optional<byte[]> mended(QuarantineRecord refused) {
        return objects.read(QuarantineRecord.mendedKey(refused.quarantineId()));
    }

    /// Keeps a mended body until it is sent.
    public void mend(QuarantineRecord refused, byte[] body) {
        objects.write(QuarantineRecord.mendedKey(refused.quarantineId()), body);
    }

    private static Map<String, Set<String>> idsByObject(ResultSet result) throws SQLException {
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        while (result.next()) {
            ids.computeIfAbsent(result.getString(1), _ -> new LinkedHashSet<>())
                    .add(result.getString(2));
        }
        return ids;
    }

    private <T> T query(QuarantineFilter filter, String sql, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = filter.prepare(warehouse, sql);
                ResultSet result = statement.executeQuery()) {
            return reader.read(result);
        }
    }

    private List<QuarantineRecord> read(String key, Set<String> ids) {
        Map<String, QuarantineRecord> found = new LinkedHashMap<>();
        for (QuarantineRecord each : QuarantineFile.read(require(key))) {
            if (ids.contains(each.quarantineId())) {
                found.put(each.quarantineId(), each);
            }
        }
        return List.copyOf(found.values());
    }

    private byte[] require(String key) {
        return objects.read(key)
                .orElseThrow(() -> new SetupFailure(objects.uri(key) + " is gone: restore it"));
    }
}
