package dev.sluice.cli;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.fleet.FleetBucket;
import dev.sluice.fleet.FleetClients;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.quarantine.Quarantine;
import dev.sluice.quarantine.Replay;
import dev.sluice.quarantine.Verdicts;
import dev.sluice.runtime.kinesis.KinesisStreamClient;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/// The ways of a running fleet that the quarantine's commands go.
record QuarantineAccess(FleetEndpoints fleet, Connection warehouse, FleetBucket bucket)
        implements AutoCloseable {

    private static final int FRAME_BYTES = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// @throws java.io.IOException if no fleet runs on the folder
    static QuarantineAccess open(Path data) throws java.io.IOException, SQLException {
        FleetEndpoints fleet = FleetEndpoints.readFrom(data);
        Connection warehouse =
                DriverManager.getConnection(
                        fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword());
        return new QuarantineAccess(fleet, warehouse, FleetBucket.of(fleet));
    }

    Quarantine quarantine() {
        return new Quarantine(warehouse, bucket.objects());
    }

    /// Under the contracts that are published now.
    Verdicts verdicts() {
        return new Verdicts(new PublishedContracts(bucket).catalog());
    }

    /// What a replay does with the stream.
    interface Sending<T> {

        T with(Replay replay) throws SQLException;
    }

    <T> T sending(Sending<T> work) throws SQLException {
        try (KinesisAsyncClient kinesis = FleetClients.kinesis(fleet)) {
            FrameEncoder encoder =
                    new FrameEncoder(
                            FrameLimits.DEFAULT,
                            FRAME_BYTES,
                            UUID.randomUUID(),
                            InstantSource.system());
            StreamPublisher<SectionedEvent> raw =
                    new StreamPublisher<>(
                            new KinesisStreamClient(kinesis, kinesis),
                            new StreamName(Streams.RAW),
                            encoder::encode,
                            PublisherConfig.defaults().withDeadline(PATIENCE),
                            new SimpleMeterRegistry());
            return work.with(new Replay(quarantine(), verdicts(), warehouse, raw));
        }
    }

    @Override
    public void close() throws SQLException {
        bucket.close();
        warehouse.close();
    }
}
