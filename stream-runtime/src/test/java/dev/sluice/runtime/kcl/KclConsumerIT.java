package dev.sluice.runtime.kcl;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamConsumer;
import dev.sluice.runtime.stream.StreamConsumerKit;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// The consumer against Kinesis and DynamoDB as they run on this machine.
class KclConsumerIT extends StreamConsumerKit {

    @TempDir private static Path folder;
    private static LocalCloud cloud;

    private final Map<StreamConsumer, KclClients> clients = new HashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void startCloud() {
        cloud = new LocalCloud(folder);
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @AfterEach
    void clearFaults() {
        cloud.faults().clear();
    }

    @Override
    protected StreamName createStream(int shards) {
        return cloud.createStream(shards);
    }

    @Override
    protected ShardId put(StreamName stream, HashKey key, byte[] data) {
        return cloud.put(stream, key, data);
    }

    @Override
    protected void split(StreamName stream, ShardId parent) {
        cloud.split(stream, parent);
    }

    @Override
    protected void merge(StreamName stream, ShardId lower, ShardId upper) {
        cloud.merge(stream, lower, upper);
    }

    @Override
    protected StreamConsumer consumer(
            String application, String worker, StreamName stream, ShardHandlerFactory handlers) {
        KclClients own = cloud.clients();
        StreamConsumer consumer =
                new KclConsumer(
                        new KclConsumerConfig(application, stream, worker, tuning()),
                        own,
                        handlers,
                        meters,
                        InstantSource.system());
        clients.put(consumer, own);
        return consumer;
    }

    /// Cuts it off from everything: it cannot renew, read or write any more.
    @Override
    protected void kill(StreamConsumer consumer) {
        KclClients own = clients.remove(consumer);
        own.kinesis().close();
        own.dynamo().close();
    }

    /// As on one machine, but every acknowledgement is checkpointed.
    private static KclTuning tuning() {
        KclTuning local = KclTuning.LOCAL;
        return new KclTuning(
                local.failoverTime(),
                local.idleBetweenReads(),
                local.maxRecordsPerRead(),
                Duration.ZERO,
                local.shutdownTimeout(),
                local.stuckAfter(),
                local.dispatchInterval(),
                local.parentPollInterval(),
                local.leasesToStealAtOnce(),
                local.seedLeases(),
                local.metricsLevel());
    }
}
