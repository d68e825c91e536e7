package dev.sluice.runtime.kcl;

import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.kinesis.checkpoint.CheckpointConfig;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.coordinator.WorkerStateChangeListener;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.lifecycle.LifecycleConfig;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.MetricsLevel;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.ProcessorConfig;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

import java.time.Duration;
import java.util.concurrent.ExecutorService;

/// Sets the library up: every deviation from its defaults is here.
final class SchedulerAssembly {

    static final InitialPositionInStreamExtended START =
            InitialPositionInStreamExtended.newInitialPosition(
                    InitialPositionInStream.TRIM_HORIZON);

    /// The library's minute is longer than a lease may live.
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final KclConsumerConfig config;
    private final KclTuning tuning;
    private final KclClients clients;

    SchedulerAssembly(KclConsumerConfig config, KclClients clients) {
        this.config = config;
        this.tuning = config.tuning();
        this.clients = clients;
        if (tuning.metricsLevel() != MetricsLevel.NONE && clients.cloudWatch() == null) {
            throw new IllegalArgumentException(
                    "metrics of application %s are %s, but there is no CloudWatch client"
                            .formatted(config.application(), tuning.metricsLevel()));
        }
    }

    Scheduler scheduler(
            ShardRecordProcessorFactory processors,
            WorkerStateChangeListener listener,
            ExecutorService leaseTasks) {
        return new Scheduler(
                new CheckpointConfig(),
                coordinator(listener),
                leaseManagement(leaseTasks),
                new LifecycleConfig().aggregatorUtil(new WholeRecords()),
                metrics(),
                // Empty reads tell an idle shard from a stuck one.
                new ProcessorConfig(processors).callProcessRecordsEvenForEmptyRecordList(true),
                retrieval());
    }

    private CoordinatorConfig coordinator(WorkerStateChangeListener listener) {
        return new CoordinatorConfig(config.application())
                // While it initialises the library cannot be stopped: one attempt, ours to repeat.
                .maxInitializationAttempts(1)
                .schedulerInitializationBackoffTimeMillis(1)
                // Otherwise the library lists shards before a batch and skips the batch if it
                // can't.
                .skipShardSyncAtWorkerInitializationIfLeasesExist(true)
                .shardConsumerDispatchPollIntervalMillis(tuning.dispatchInterval().toMillis())
                .parentShardPollIntervalMillis(tuning.parentPollInterval().toMillis())
                .workerStateChangeListener(listener);
    }

    private LeaseManagementConfig leaseManagement(ExecutorService leaseTasks) {
        return new LeaseManagementConfig(
                        config.application(),
                        clients.dynamo(),
                        clients.kinesis(),
                        config.workerId())
                .failoverTimeMillis(tuning.failoverTime().toMillis())
                .maxLeasesToStealAtOneTime(tuning.leasesToStealAtOnce())
                .initialPositionInStream(START)
                // The library's minute is slept after the first sync, before the first read.
                .shardSyncIntervalMillis(0)
                .dynamoDbRequestTimeout(REQUEST_TIMEOUT)
                .executorService(leaseTasks);
    }

    private MetricsConfig metrics() {
        CloudWatchAsyncClient client = clients.cloudWatch();
        if (tuning.metricsLevel() == MetricsLevel.NONE || client == null) {
            return new MetricsConfig(new NoCloudWatch(), config.application())
                    .metricsFactory(new NullMetricsFactory());
        }
        return new MetricsConfig(client, config.application()).metricsLevel(tuning.metricsLevel());
    }

    private RetrievalConfig retrieval() {
        PollingConfig polling =
                new PollingConfig(config.stream().value(), clients.kinesis())
                        .maxRecords(tuning.maxRecordsPerRead())
                        .idleTimeBetweenReadsInMillis(tuning.idleBetweenReads().toMillis())
                        .kinesisRequestTimeout(REQUEST_TIMEOUT)
                        .recordsFetcherFactory(new PromptFetcherFactory());
        return new RetrievalConfig(
                        clients.kinesis(),
                        new SingleStreamTracker(config.stream().value(), START),
                        config.application())
                .retrievalSpecificConfig(polling);
    }
}
