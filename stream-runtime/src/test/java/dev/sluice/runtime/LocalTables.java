package dev.sluice.runtime;

import dev.sluice.local.dynamodb.DynamoDbFaults;
import dev.sluice.local.dynamodb.DynamoDbServer;
import dev.sluice.local.dynamodb.DynamoDbServerConfig;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/// DynamoDB of this machine, for one test class.
public final class LocalTables implements AutoCloseable {

    private final DynamoDbServer server = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
    private final DynamoDbClient client = client(server.endpoint());

    public DynamoDbClient client() {
        return client;
    }

    public DynamoDbFaults faults() {
        return server.faults();
    }

    /// A new client, for the caller to close.
    public DynamoDbAsyncClient asyncClient() {
        return asyncClient(server.endpoint());
    }

    /// A client of a server that is not there.
    public static DynamoDbAsyncClient unreachableAsync() {
        return asyncClient(URI.create("http://127.0.0.1:1"));
    }

    /// Makes a new table and returns its name.
    public String create(Function<String, CreateTableRequest> definition) {
        String name = "table-" + UUID.randomUUID();
        client.createTable(definition.apply(name));
        client.waiter().waitUntilTableExists(request -> request.tableName(name));
        return name;
    }

    /// A client of a server that is not there.
    public static DynamoDbClient unreachable() {
        return client(URI.create("http://127.0.0.1:1"));
    }

    private static DynamoDbAsyncClient asyncClient(URI endpoint) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofSeconds(10)))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .build();
    }

    private static DynamoDbClient client(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofSeconds(10)))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .build();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
