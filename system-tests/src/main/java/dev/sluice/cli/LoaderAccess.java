package dev.sluice.cli;

import dev.sluice.contracts.table.Column;
import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetClients;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.loader.drift.Drift;
import dev.sluice.loader.drift.DriftFinding;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.pause.DynamoPauseFlag;
import dev.sluice.loader.pause.PauseFlag;
import dev.sluice.loader.queue.DynamoLoadQueue;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.upkeep.FileColumns;
import dev.sluice.loader.upkeep.LoadLatency;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What tells of a fleet's loads, and stops them.
record LoaderAccess(FleetEndpoints fleet, FleetBucket bucket, DynamoDbClient dynamo)
        implements AutoCloseable {

    private static final String QUEUE = "sluice-load-queue";
    private static final String LOCKS = "sluice-locks";
    private static final String LOCK = "warehouse";

    /// @throws IOException if no fleet runs on the folder
    static LoaderAccess open(Path data) throws IOException {
        FleetEndpoints fleet = FleetEndpoints.readFrom(data);
        return new LoaderAccess(fleet, FleetBucket.of(fleet), FleetClients.dynamo(fleet));
    }

    PauseFlag pauseFlag() {
        return new DynamoPauseFlag(dynamo, LOCKS, LOCK);
    }

    LoadQueue queue() {
        return new DynamoLoadQueue(dynamo, QUEUE, InstantSource.system());
    }

    LoadLatency.Measured latency(Instant since) throws SQLException {
        try (Connection warehouse = warehouse()) {
            return LoadLatency.measure(warehouse, since);
        }
    }

    List<DriftFinding> drift() throws SQLException {
        EventRows rows = EventRows.of(new PublishedContracts(bucket).catalog());
        List<DriftFinding> findings = new ArrayList<>();
        try (Connection warehouse = warehouse()) {
            for (Map.Entry<String, List<Column>> table :
                    FileColumns.byTable(rows.layout()).entrySet()) {
                findings.addAll(Drift.find(warehouse, table.getKey(), table.getValue()));
            }
        }
        return findings;
    }

    @Override
    public void close() {
        dynamo.close();
        bucket.close();
    }

    private Connection warehouse() throws SQLException {
        return DriverManager.getConnection(fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword());
    }
}
