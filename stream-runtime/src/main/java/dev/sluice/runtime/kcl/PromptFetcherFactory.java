package dev.sluice.runtime.kcl;

import software.amazon.kinesis.metrics.MetricsFactory;
import software.amazon.kinesis.retrieval.GetRecordsRetrievalStrategy;
import software.amazon.kinesis.retrieval.RecordsPublisher;
import software.amazon.kinesis.retrieval.polling.PrefetchRecordsPublisher;
import software.amazon.kinesis.retrieval.polling.SimpleRecordsFetcherFactory;

import java.time.Duration;
import java.util.concurrent.Executors;

/// The library's prefetching reader, stopped promptly. Its own factory waits a minute for a reader
/// whose queue is full, which is the common case when a busy shard is given up.
final class PromptFetcherFactory extends SimpleRecordsFetcherFactory {

    private static final Duration STOP_WAIT = Duration.ofSeconds(1);

    @Override
    public RecordsPublisher createRecordsFetcher(
            GetRecordsRetrievalStrategy strategy,
            String shardId,
            MetricsFactory metrics,
            int maxRecords) {
        return new PrefetchRecordsPublisher(
                maxPendingProcessRecordsInput(),
                maxByteSize(),
                maxRecordsCount(),
                maxRecords,
                strategy,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("prefetch-" + shardId).factory()),
                idleMillisBetweenCalls(),
                metrics,
                "ProcessTask",
                shardId,
                STOP_WAIT.toMillis());
    }
}
