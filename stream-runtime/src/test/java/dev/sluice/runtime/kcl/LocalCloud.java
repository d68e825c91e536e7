package dev.sluice.runtime.kcl;

import dev.sluice.local.dynamodb.DynamoDbFaults;
import dev.sluice.local.dynamodb.DynamoDbServer;
import dev.sluice.local.dynamodb.DynamoDbServerConfig;
import dev.sluice.local.kinesis.KinesisFaults;
import dev.sluice.local.kinesis.KinesisServer;
import dev.sluice.local.kinesis.KinesisServerConfig;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/// Kinesis and DynamoDB on this machine, and a client of each.
public final class LocalCloud implements AutoCloseable {

    private final KinesisServer kinesisServer;
    private final DynamoDbServer dynamoServer;
    private final KinesisAsyncClient kinesis;

    public LocalCloud(Path folder) {
        kinesisServer = KinesisServer.start(KinesisServerConfig.in(folder));
        dynamoServer = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
        kinesis =
                at(
                        KinesisAsyncClient.builder().httpClientBuilder(http()),
                        kinesisServer.endpoint());
    }

    /// New clients that work until the wire is cut, to be closed by the caller.
    public KclClients clients(AtomicBoolean cut) {
        return new KclClients(
                at(
                        KinesisAsyncClient.builder()
                                .httpClientBuilder(http())
                                .overrideConfiguration(c -> c.addExecutionInterceptor(wire(cut))),
                        kinesisServer.endpoint()),
                at(
                        DynamoDbAsyncClient.builder()
                                .httpClientBuilder(http())
                                .overrideConfiguration(c -> c.addExecutionInterceptor(wire(cut))),
                        dynamoServer.endpoint()));
    }

    /// New clients that never try a call again by themselves, to be closed by the caller.
    public KclClients impatientClients() {
        return new KclClients(
                at(
                        KinesisAsyncClient.builder()
                                .httpClientBuilder(http())
                                .overrideConfiguration(
                                        c -> c.retryStrategy(AwsRetryStrategy.doNotRetry())),
                        kinesisServer.endpoint()),
                at(
                        DynamoDbAsyncClient.builder()
                                .httpClientBuilder(http())
                                .overrideConfiguration(
                                        c -> c.retryStrategy(AwsRetryStrategy.doNotRetry())),
                        dynamoServer.endpoint()));
    }

    private static ExecutionInterceptor wire(AtomicBoolean cut) {
        return new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(
                    Context.BeforeTransmission context, ExecutionAttributes attributes) {
                if (cut.get()) {
                    throw SdkClientException.create("the wire is cut");
                }
            }
        };
    }

    public KinesisFaults faults() {
        return kinesisServer.faults();
    }

    public DynamoDbFaults tableFaults() {
        return dynamoServer.faults();
    }

    public StreamName createStream(int shards) {
        StreamName stream = new StreamName("stream-" + UUID.randomUUID());
        createStream(stream, shards);
        return stream;
    }

    public void createStream(StreamName stream, int shards) {
        kinesis.createStream(r -> r.streamName(stream.value()).shardCount(shards)).join();
        awaitActive(stream);
    }

    public ShardId put(StreamName stream, HashKey key, byte[] data) {
        return new ShardId(
                kinesis.putRecord(
                                r ->
                                        r.streamName(stream.value())
                                                .partitionKey("any")
                                                .explicitHashKey(key.toDecimal())
                                                .data(SdkBytes.fromByteArray(data)))
                        .join()
                        .shardId());
    }

    public void split(StreamName stream, ShardId parent) {
        Shard shard =
                shards(stream).stream()
                        .filter(s -> s.shardId().equals(parent.value()))
                        .findFirst()
                        .orElseThrow();
        BigInteger first = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger last = new BigInteger(shard.hashKeyRange().endingHashKey());
        String middle = first.add(last).shiftRight(1).add(BigInteger.ONE).toString();
        kinesis.splitShard(
                        r ->
                                r.streamName(stream.value())
                                        .shardToSplit(parent.value())
                                        .newStartingHashKey(middle))
                .join();
        awaitActive(stream);
    }

    public void merge(StreamName stream, ShardId lower, ShardId upper) {
        kinesis.mergeShards(
                        r ->
                                r.streamName(stream.value())
                                        .shardToMerge(lower.value())
                                        .adjacentShardToMerge(upper.value()))
                .join();
        awaitActive(stream);
    }

    public List<Shard> shards(StreamName stream) {
        return kinesis.listShards(r -> r.streamName(stream.value())).join().shards();
    }

    private void awaitActive(StreamName stream) {
        Waiting.until(
                () ->
                        kinesis.describeStreamSummary(r -> r.streamName(stream.value()))
                                        .join()
                                        .streamDescriptionSummary()
                                        .streamStatus()
                                == StreamStatus.ACTIVE);
    }

    private static NettyNioAsyncHttpClient.Builder http() {
        return NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1).maxConcurrency(32);
    }

    private static <B extends AwsClientBuilder<B, C>, C> C at(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .build();
    }

    @Override
    public void close() {
        kinesis.close();
        dynamoServer.close();
        kinesisServer.close();
    }
}
