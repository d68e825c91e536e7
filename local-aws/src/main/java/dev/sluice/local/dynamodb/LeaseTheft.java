package dev.sluice.local.dynamodb;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

import java.net.URI;
import java.util.Map;

/// Writes to a lease table what the Kinesis Client Library 2 writes when a worker takes a lease:
/// the owner, the counter one higher, on the condition that nobody changed them in between, and one
/// switch of owners more.
final class LeaseTheft implements AutoCloseable {

    /// An owner renews every few seconds, so hardly ever twice in a row in between.
    private static final int ATTEMPTS = 20;

    private final DynamoDbClient dynamo;

    LeaseTheft(URI endpoint) {
        dynamo =
                DynamoDbClient.builder()
                        .endpointOverride(endpoint)
                        .httpClientBuilder(Apache5HttpClient.builder())
                        .overrideConfiguration(c -> c.putHeader(FaultyHandler.UNHARMED, "theft"))
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .build();
    }

    void steal(String table, String shard, String newOwner) {
        Map<String, AttributeValue> key = Map.of("leaseKey", AttributeValue.fromS(shard));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (take(table, key, newOwner)) {
                return;
            }
        }
        throw new IllegalStateException(
                "lease " + shard + " of " + table + " changes faster than it can be stolen");
    }

    private boolean take(String table, Map<String, AttributeValue> key, String newOwner) {
        long counter = counter(table, key);
        try {
            dynamo.updateItem(
                    update ->
                            update.tableName(table)
                                    .key(key)
                                    .conditionExpression("leaseCounter = :old")
                                    .updateExpression(
                                            "SET leaseOwner = :owner, leaseCounter = :new"
                                                    + " ADD ownerSwitchesSinceCheckpoint :one")
                                    .expressionAttributeValues(
                                            Map.of(
                                                    ":old", number(counter),
                                                    ":new", number(counter + 1),
                                                    ":one", number(1),
                                                    ":owner", AttributeValue.fromS(newOwner))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false; // renewed in between
        }
    }

    private long counter(String table, Map<String, AttributeValue> key) {
        try {
            AttributeValue counter =
                    dynamo.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                            .item()
                            .get("leaseCounter");
            if (counter != null) {
                return Long.parseLong(counter.n());
            }
        } catch (ResourceNotFoundException e) {
            throw new IllegalArgumentException("table " + table + " does not exist", e);
        }
        throw new IllegalArgumentException("table " + table + " has no lease " + key.values());
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    @Override
    public void close() {
        dynamo.close();
    }
}
