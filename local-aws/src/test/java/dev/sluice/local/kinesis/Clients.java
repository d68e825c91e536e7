package dev.sluice.local.kinesis;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.net.URI;
import java.time.Duration;

/// Unmodified SDK clients without retries, so that every answer is seen as it comes.
record Clients(KinesisClient sync, KinesisAsyncClient async) implements AutoCloseable {

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    static Clients cbor(URI endpoint) {
        return with(endpoint, "true");
    }

    static Clients json(URI endpoint) {
        return with(endpoint, "false");
    }

    /// The SDK reads its CBOR switch when a client is built, and only from the system.
    private static Clients with(URI endpoint, String cbor) {
        String property = SdkSystemSetting.CBOR_ENABLED.property();
        System.setProperty(property, cbor);
        try {
            return new Clients(sync(endpoint), async(endpoint));
        } finally {
            System.clearProperty(property);
        }
    }

    /// The synchronous client alone, in CBOR: it closes at once, the other one takes two seconds.
    static KinesisClient sync(URI endpoint) {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .overrideConfiguration(override())
                .httpClientBuilder(
                        Apache5HttpClient.builder()
                                .maxConnections(16)
                                .socketTimeout(Duration.ofSeconds(30)))
                .build();
    }

    private static KinesisAsyncClient async(URI endpoint) {
        return KinesisAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .overrideConfiguration(override())
                .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder()
                                .protocol(Protocol.HTTP1_1)
                                .maxConcurrency(32))
                .build();
    }

    private static ClientOverrideConfiguration override() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(DefaultRetryStrategy.doNotRetry())
                .build();
    }

    @Override
    public void close() {
        sync.close();
        async.close();
    }
}
