package dev.sluice.runtime.kcl;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import software.amazon.awssdk.core.util.DefaultSdkAutoConstructList;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.leases.HierarchicalShardSyncer;
import software.amazon.kinesis.leases.KinesisShardDetector;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.ShardDetector;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.leases.dynamodb.TableCreatorCallback;
import software.amazon.kinesis.leases.exceptions.LeasingException;
import software.amazon.kinesis.metrics.NullMetricsScope;

import java.util.List;

/// Prepares the lease table before the library starts, with the library's own classes: creates it,
/// and a lease for every shard that has none yet and no ancestor that is still to be read. On an
/// empty table the library itself would first wait for a random time of up to 30 s.
///
/// Safe to repeat, and for several workers at once: a lease is only created where none is.
final class LeaseSeeder {

    private static final int LIST_ATTEMPTS = 3;
    private static final long LIST_BACKOFF_MILLIS = 500;
    private static final long TABLE_POLL_SECONDS = 1;
    private static final long TABLE_TIMEOUT_SECONDS = 120;

    private final KclConsumerConfig config;
    private final LeaseRefresher table;
    private final ShardDetector stream;

    LeaseSeeder(KclConsumerConfig config, KclClients clients) {
        this.config = config;
        this.table =
                new DynamoDBLeaseRefresher(
                        config.application(),
                        clients.dynamo(),
                        new DynamoDBLeaseSerializer(),
                        true,
                        TableCreatorCallback.NOOP_TABLE_CREATOR_CALLBACK,
                        SchedulerAssembly.REQUEST_TIMEOUT,
                        BillingMode.PAY_PER_REQUEST,
                        false,
                        false,
                        DefaultSdkAutoConstructList.getInstance());
        this.stream =
                new KinesisShardDetector(
                        clients.kinesis(),
                        StreamIdentifier.singleStreamInstance(config.stream().value()),
                        LIST_BACKOFF_MILLIS,
                        LIST_ATTEMPTS,
                        0,
                        0,
                        1,
                        SchedulerAssembly.REQUEST_TIMEOUT);
    }

    /// @throws SetupFailure if the stream does not exist. Started nevertheless, the library would
    ///     take each lease for that of a finished shard
    /// @throws TransientFailure if the stream or the table is not ready or out of reach
    void seed() throws InterruptedException {
        try {
            List<Shard> shards = stream.listShardsWithoutConsumingResourceNotFoundException();
            if (shards == null || shards.isEmpty()) {
                throw new TransientFailure("stream " + config.stream() + " is not active yet");
            }
            table.createLeaseTableIfNotExists();
            if (!table.waitUntilLeaseTableExists(TABLE_POLL_SECONDS, TABLE_TIMEOUT_SECONDS)) {
                throw new TransientFailure(named() + " is not active yet");
            }
            createMissing(shards);
        } catch (ResourceNotFoundException e) {
            throw new SetupFailure("stream " + config.stream() + " does not exist", e);
        } catch (SetupFailure | TransientFailure e) {
            throw e;
        } catch (LeasingException | RuntimeException e) {
            throw failed("seeded", e);
        }
    }

    /// Gives the leases of this worker back, so that others need not wait for them to expire.
    ///
    /// @throws TransientFailure if the table is out of reach; the leases then expire
    void release() {
        try {
            for (Lease lease : table.listLeases()) {
                if (config.workerId().equals(lease.leaseOwner())) {
                    table.evictLease(lease);
                }
            }
        } catch (LeasingException | RuntimeException e) {
            throw failed("released", e);
        }
    }

    private void createMissing(List<Shard> shards) throws LeasingException, InterruptedException {
        HierarchicalShardSyncer syncer = new HierarchicalShardSyncer();
        NullMetricsScope unmeasured = new NullMetricsScope();
        if (table.isLeaseTableEmpty()) {
            // Lists again: the shards that were open at the trim horizon.
            syncer.checkAndCreateLeaseForNewShards(
                    stream, table, SchedulerAssembly.START, unmeasured, false, true);
        } else {
            syncer.checkAndCreateLeaseForNewShards(
                    stream, table, SchedulerAssembly.START, shards, false, unmeasured, false);
        }
    }

    private TransientFailure failed(String what, Exception e) {
        return new TransientFailure(
                "%s could not be %s: %s".formatted(named(), what, Failure.rootCause(e)), e);
    }

    private String named() {
        return "lease table " + config.application() + " of stream " + config.stream();
    }
}
