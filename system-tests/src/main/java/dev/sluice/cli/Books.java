package dev.sluice.cli;

import dev.sluice.contracts.rejection.QuarantineFile;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.runtime.objects.ObjectSummary;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Where acknowledged events ended, as the warehouse and the quarantine themselves say.
final class Books implements AutoCloseable {

    private final Connection warehouse;
    private final FleetBucket bucket;
    private final Set<String> objectsRead = new HashSet<>();

    /// Listing the quarantine costs more the more is in it, so a live line may show this old a
    /// count.
    private static final Duration QUARANTINE_AGE = Duration.ofSeconds(4);

    private Instant quarantineReadAt = Instant.EPOCH;

    /// Quarantined records by their id, with the id of the event: a record that a replay wrote
    /// twice counts once.
    private final Map<String, String> quarantined = new HashMap<>();

    private Books(Connection warehouse, FleetBucket bucket) {
        this.warehouse = warehouse;
        this.bucket = bucket;
    }

    static Books open(FleetEndpoints fleet) throws SQLException {
        Connection warehouse =
                DriverManager.getConnection(
                        fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword());
        return new Books(warehouse, FleetBucket.of(fleet));
    }

    /// The counts as of now, those of the quarantine a few seconds old at most.
    Counts readRoughly() throws SQLException {
        return count(QUARANTINE_AGE);
    }

    /// The counts as of now.
    Counts read() throws SQLException {
        return count(Duration.ZERO);
    }

    private Counts count(Duration quarantineAge) throws SQLException {
        Instant now = Instant.now();
        if (!quarantineReadAt.plus(quarantineAge).isAfter(now)) {
            readQuarantine();
            quarantineReadAt = now;
        }
        try (Statement statement = warehouse.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT (SELECT COUNT(*) FROM events), (SELECT"
                                        + " NVL(SUM(duplicates), 0) FROM pipeline_counts WHERE"
                                        + " stage = 'validator') + (SELECT NVL(SUM(duplicate_rows),"
                                        + " 0) FROM load_batches)")) {
            result.next();
            return new Counts(result.getLong(1), quarantined.size(), result.getLong(2), 0);
        }
    }

    /// The ids of the events that are rows, each with how many rows it has.
    Map<String, Integer> rows() throws SQLException {
        Map<String, Integer> rows = new HashMap<>();
        try (Statement statement = warehouse.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT event_id, COUNT(*) FROM events GROUP BY 1")) {
            while (result.next()) {
                rows.put(result.getString(1), result.getInt(2));
            }
        }
        return rows;
    }

    /// The ids of the events that the quarantine holds, as of the last {@link #read()}.
    Set<String> quarantinedEvents() {
        return new HashSet<>(quarantined.values());
    }

    /// Runs one query.
    TableFormat.Rows query(String sql) throws SQLException {
        try (Statement statement = warehouse.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return TableFormat.Rows.of(result);
        }
    }

    @Override
    public void close() throws SQLException {
        bucket.close();
        warehouse.close();
    }

    private void readQuarantine() {
        try (Stream<ObjectSummary> listed = bucket.objects().list(QuarantineFile.PREFIX)) {
            for (ObjectSummary object : listed.toList()) {
                if (objectsRead.add(object.key())) {
                    bucket.objects().read(object.key()).ifPresent(this::readObject);
                }
            }
        }
    }

    private void readObject(byte[] content) {
        for (QuarantineRecord refused : QuarantineFile.read(content)) {
            quarantined.put(refused.quarantineId(), String.valueOf(refused.eventId()));
        }
    }

    /// Where copies of events ended.
    ///
    /// @param duplicates recognised by the validator or by the warehouse
    /// @param suppressed dropped because their subject was erased
    record Counts(long loaded, long quarantined, long duplicates, long suppressed) {

        long sum() {
            return loaded + quarantined + duplicates + suppressed;
        }

        Counts minus(Counts earlier) {
            return new Counts(
                    loaded - earlier.loaded,
                    quarantined - earlier.quarantined,
                    duplicates - earlier.duplicates,
                    suppressed - earlier.suppressed);
        }
    }
}
