package dev.sluice.fleet;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

import java.net.URI;

/// Clients of a running fleet's streams and tables. Whoever asks for one closes it.
public final class FleetClients {

    private static final StaticCredentialsProvider ANYBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    private FleetClients() {}

    public static KinesisAsyncClient kinesis(FleetEndpoints fleet) {
        return KinesisAsyncClient.builder()
                .endpointOverride(URI.create(fleet.kinesisEndpoint()))
                .region(Region.of(fleet.region()))
                .credentialsProvider(ANYBODY)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
                .build();
    }

    public static DynamoDbClient dynamo(FleetEndpoints fleet) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(fleet.dynamodbEndpoint()))
                .region(Region.of(fleet.region()))
                .credentialsProvider(ANYBODY)
                .build();
    }

    public static DynamoDbAsyncClient asyncDynamo(FleetEndpoints fleet) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(URI.create(fleet.dynamodbEndpoint()))
                .region(Region.of(fleet.region()))
                .credentialsProvider(ANYBODY)
                .build();
    }
}
