package dev.sluice.collector.producers;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Keys in a table of DynamoDB, an item each: the hash, and the key as JSON.
public final class DynamoProducerStore implements ProducerStore {

    private static final String HASH = "key_sha256";
    private static final String KEY = "producer";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DynamoDbClient dynamo;
    private final String table;

    /// @param table made as {@link #table(String)} says
    public DynamoProducerStore(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /// What the table has to be.
    public static CreateTableRequest table(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName(HASH)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName(HASH)
                                .keyType(KeyType.HASH)
                                .build())
                .build();
    }

    @Override
    public List<ProducerKey> all() {
        return calling(
                () ->
                        dynamo
                                .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                                .items()
                                .stream()
                                .map(this::key)
                                .toList());
    }

    @Override
    public void put(ProducerKey key) {
        Map<String, AttributeValue> item =
                Map.of(
                        HASH, AttributeValue.fromS(key.hash().hex()),
                        KEY, AttributeValue.fromS(JSON.writeValueAsString(KeyJson.of(key))));
        calling(() -> dynamo.putItem(put -> put.tableName(table).item(item)));
    }

    @Override
    public void remove(KeyHash key) {
        Map<String, AttributeValue> id = Map.of(HASH, AttributeValue.fromS(key.hex()));
        calling(() -> dynamo.deleteItem(delete -> delete.tableName(table).key(id)));
    }

    private ProducerKey key(Map<String, AttributeValue> item) {
        AttributeValue json = item.get(KEY);
        try {
            if (json == null || json.s() == null) {
                throw new IllegalArgumentException("no attribute " + KEY);
            }
            return JSON.readValue(json.s(), KeyJson.class).key();
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new SetupFailure("a key in table " + table + " cannot be understood", e);
        }
    }

    private <T> T calling(Supplier<T> call) {
        try {
            return call.get();
        } catch (ResourceNotFoundException e) {
            throw new SetupFailure("table " + table + " is not there", e);
        } catch (SdkException e) {
            throw new TransientFailure("table " + table + " cannot be reached", e);
        }
    }
}
