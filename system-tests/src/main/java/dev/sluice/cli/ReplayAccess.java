package dev.sluice.cli;

import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetClients;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.fleet.FleetLogging;
import dev.sluice.fleet.FleetParts;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.replay.DynamoWorkItems;
import dev.sluice.replay.LineSteps;
import dev.sluice.replay.RatePace;
import dev.sluice.replay.ReplayParts;
import dev.sluice.replay.ReplayPlan;
import dev.sluice.replay.WorkItems;
import dev.sluice.runtime.config.MissingTables;
import dev.sluice.runtime.objects.ObjectStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The ways of a running fleet that replays go.
record ReplayAccess(
        FleetParts services,
        FleetBucket bucket,
        DynamoDbClient dynamo,
        Connection warehouse,
        LineSteps steps)
        implements AutoCloseable {

    private static final String TABLE = "sluice-replays";

    /// @param settings that differ from those of the fleet
    /// @param writes whether anything may be changed
    /// @throws IOException if no fleet runs on the folder
    static ReplayAccess open(Path data, Map<String, String> settings, boolean writes)
            throws IOException, SQLException {
        FleetEndpoints fleet = FleetEndpoints.readFrom(data);
        FleetLogging.toFile(data.resolve("logs/replay.log"));
        Connection warehouse =
                DriverManager.getConnection(
                        fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword());
        FleetParts services = FleetParts.of(fleet, settings, writes);
        LineSteps steps =
                new LineSteps(
                        services.validate(),
                        services.enrich(),
                        services.rows(),
                        services.layouts());
        return new ReplayAccess(
                services, FleetBucket.of(fleet), FleetClients.dynamo(fleet), warehouse, steps);
    }

    /// The plan of a replay that was begun.
    ///
    /// @throws IOException if no fleet runs on the folder
    static Optional<ReplayPlan> plan(Path data, String replay) throws IOException {
        try (DynamoDbClient dynamo = FleetClients.dynamo(FleetEndpoints.readFrom(data))) {
            return items(dynamo).find(replay);
        }
    }

    ObjectStore objects() {
        return bucket.objects();
    }

    FileLayout layout() {
        return steps.rows().layout();
    }

    WorkItems items() {
        return items(dynamo);
    }

    private static WorkItems items(DynamoDbClient dynamo) {
        String table = new MissingTables(dynamo, true).ensure(DynamoWorkItems.table(TABLE));
        return new DynamoWorkItems(dynamo, table, InstantSource.system());
    }

    /// @param rate events a second; 0 for as many as there are
    /// @param mostLag how long live files may wait before it waits for them
    ReplayParts parts(WorkItems items, long rate, Duration mostLag) {
        return new ReplayParts(
                objects(),
                new ArchiveReader(objects()),
                services.queue(),
                steps,
                items,
                RatePace.beside(services.queue(), rate, mostLag),
                InstantSource.system());
    }

    @Override
    public void close() throws SQLException {
        warehouse.close();
        dynamo.close();
        bucket.close();
        services.close();
    }
}
