package dev.sluice.local;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;
import java.util.function.Consumer;

/// SDK clients as a service would build them, for an emulator's endpoint.
public final class LocalClients {
    private LocalClients() {}

    public static S3Client s3(URI endpoint) {
        return s3(endpoint, b -> b.retryStrategy(RetryMode.STANDARD));
    }

    /// Sees every answer itself.
    public static S3Client s3WithoutRetries(URI endpoint) {
        return s3(endpoint, b -> b.retryStrategy(r -> r.maxAttempts(1)));
    }

    private static S3Client s3(
            URI endpoint, Consumer<ClientOverrideConfiguration.Builder> override) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_WEST_1)
                .credentialsProvider(credentials("local"))
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(64))
                .overrideConfiguration(override)
                .build();
    }

    public static KinesisClient kinesis(URI endpoint) {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(credentials("local"))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    /// Sees every answer itself, and at once that there is none.
    public static EventBridgeClient eventBridgeWithoutRetries(URI endpoint) {
        return EventBridgeClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(credentials("local"))
                .httpClientBuilder(Apache5HttpClient.builder())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    public static DynamoDbClient dynamoDb(URI endpoint) {
        return dynamoDb(endpoint, Region.EU_WEST_1, "local");
    }

    public static DynamoDbClient dynamoDb(URI endpoint, Region region, String accessKey) {
        return dynamoDbBuilder(endpoint, region, accessKey).build();
    }

    /// Sees every answer itself, and at once that there is none.
    public static DynamoDbClient dynamoDbWithoutRetries(URI endpoint) {
        return dynamoDbBuilder(endpoint, Region.EU_WEST_1, "local")
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    private static DynamoDbClientBuilder dynamoDbBuilder(
            URI endpoint, Region region, String accessKey) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(credentials(accessKey))
                .httpClientBuilder(Apache5HttpClient.builder());
    }

    private static StaticCredentialsProvider credentials(String key) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "local"));
    }
}
