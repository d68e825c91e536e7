package dev.sluice.runtime.leader;

import dev.sluice.runtime.kinesis.AwsFailures;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The record of a lock as an item of a DynamoDB table, one item for each lock.
public final class DynamoLockRecords implements LockRecords {

    private static final String NAME = "lock_name";
    private static final String OWNER = "lock_owner";
    private static final String FENCE = "fence";
    private static final String RENEWALS = "renewals";
    private static final String RELEASED = "released";

    private final DynamoDbClient dynamo;
    private final String table;
    private final String lock;

    /// @param table made as [#table(String)] says
    /// @param lock names it among the locks of the table
    public DynamoLockRecords(DynamoDbClient dynamo, String table, String lock) {
        this.dynamo = dynamo;
        this.table = table;
        this.lock = lock;
    }

    /// What the table has to be.
    public static CreateTableRequest table(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName(NAME)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName(NAME)
                                .keyType(KeyType.HASH)
                                .build())
                .build();
    }

    @Override
    public Optional<LockRecord> read() {
        try {
            Map<String, AttributeValue> item =
                    dynamo.getItem(
                                    request ->
                                            request.tableName(table)
                                                    .consistentRead(true)
                                                    .key(Map.of(NAME, text(lock))))
                            .item();
            return item.isEmpty() ? Optional.empty() : Optional.of(record(item));
        } catch (SdkException e) {
            throw AwsFailures.of(object(), e);
        }
    }

    @Override
    public boolean replace(@Nullable LockRecord expected, LockRecord next) {
        try {
            dynamo.putItem(put(expected, next));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        } catch (SdkException e) {
            throw AwsFailures.of(object(), e);
        }
    }

    /// Token and renewals together never occur twice, so they stand for the whole record.
    private PutItemRequest put(@Nullable LockRecord expected, LockRecord next) {
        PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(item(next));
        if (expected == null) {
            return put.conditionExpression("attribute_not_exists(" + NAME + ")").build();
        }
        return put.conditionExpression(FENCE + " = :fence AND " + RENEWALS + " = :renewals")
                .expressionAttributeValues(
                        Map.of(
                                ":fence", number(expected.fence()),
                                ":renewals", number(expected.renewals())))
                .build();
    }

    private Map<String, AttributeValue> item(LockRecord record) {
        return Map.of(
                NAME, text(lock),
                OWNER, text(record.owner()),
                FENCE, number(record.fence()),
                RENEWALS, number(record.renewals()),
                RELEASED, AttributeValue.fromBool(record.released()));
    }

    private static LockRecord record(Map<String, AttributeValue> item) {
        return new LockRecord(
                value(item, OWNER).s(),
                Long.parseLong(value(item, FENCE).n()),
                Long.parseLong(value(item, RENEWALS).n()),
                value(item, RELEASED).bool());
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute);
    }

    private String object() {
        return "lock " + lock + " in table " + table;
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
