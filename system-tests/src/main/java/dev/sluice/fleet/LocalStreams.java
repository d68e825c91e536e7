package dev.sluice.fleet;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.local.LocalEndpoints;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;

import java.util.concurrent.CompletionException;

/// The streams, which in the cloud the deployment makes.
final class LocalStreams {

    private LocalStreams() {}

    /// Creates those that are not there.
    static void create(LocalEndpoints aws, int shards) {
        try (KinesisAsyncClient kinesis =
                KinesisAsyncClient.builder()
                        .endpointOverride(aws.kinesis())
                        .region(Region.of(aws.region()))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(
                                                aws.accessKey(), aws.secretKey())))
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
                        .build()) {
            Streams.ALL.forEach(stream -> create(kinesis, stream, shards));
        }
    }

    private static void create(KinesisAsyncClient kinesis, String stream, int shards) {
        try {
            kinesis.createStream(request -> request.streamName(stream).shardCount(shards)).join();
            kinesis.waiter().waitUntilStreamExists(request -> request.streamName(stream)).join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ResourceInUseException)) {
                throw e;
            }
        }
    }
}
