package dev.sluice.runtime.keylist;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.kinesis.AwsFailures;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/// The list as a table of DynamoDB: an item for each entry, and one that counts the changes, in the
/// transaction of each. So whoever has looked at the count and found it unchanged has the
/// whole list, for half a read unit; a scan comes only after a change.
public final class DynamoKeyList implements KeyList {

    private static final String OWNER = "list_owner";
    private static final String KEY = "list_key";
    private static final String BOUND = "bound";
    private static final String ADDED_AT = "added_at";
    private static final String REFERENCE = "reference";
    private static final String CHANGES = "changes";

    /// Before every owner, since no part of a key may be empty.
    private static final String OF = "of:";

    private static final Map<String, AttributeValue> COUNT =
            Map.of(OWNER, AttributeValue.fromS("count"), KEY, AttributeValue.fromS(CHANGES));
    private static final String LOWER =
            "attribute_not_exists(%1$s) OR %1$s < :bound".formatted(BOUND);
    private static final String UNMET = "ConditionalCheckFailed";

    private final DynamoDbClient dynamo;
    private final String table;

    /// @param table made as [#table(String)] says
    public DynamoKeyList(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /// What the table has to be.
    public static CreateTableRequest table(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text(OWNER), text(KEY))
                .keySchema(part(OWNER, KeyType.HASH), part(KEY, KeyType.RANGE))
                .build();
    }

    @Override
    public String version() {
        Map<String, AttributeValue> item =
                calling(
                        () ->
                                dynamo.getItem(
                                                get ->
                                                        get.tableName(table)
                                                                .key(COUNT)
                                                                .consistentRead(true))
                                        .item());
        return item.isEmpty() ? "0" : value(item, CHANGES).n();
    }

    @Override
    public void read(Reader reader) {
        var pages =
                dynamo.scanPaginator(
                        scan ->
                                scan.tableName(table)
                                        .consistentRead(true)
                                        .projectionExpression(
                                                String.join(", ", OWNER, KEY, BOUND)));
        var items = calling(() -> pages.items().iterator());
        while (calling(items::hasNext)) {
            entry(calling(items::next), reader);
        }
    }

    @Override
    public void raise(KeyEntry entry) {
        Put put =
                Put.builder()
                        .tableName(table)
                        .item(item(entry))
                        .conditionExpression(LOWER)
                        .expressionAttributeValues(Map.of(":bound", number(entry.bound())))
                        .build();
        Update count =
                Update.builder()
                        .tableName(table)
                        .key(COUNT)
                        .updateExpression("ADD " + CHANGES + " :one")
                        .expressionAttributeValues(Map.of(":one", number(1)))
                        .build();
        try {
            var _ =
                    dynamo.transactWriteItems(
                            write ->
                                    write.transactItems(
                                            TransactWriteItem.builder().put(put).build(),
                                            TransactWriteItem.builder().update(count).build()));
        } catch (TransactionCanceledException e) {
            if (!UNMET.equals(e.cancellationReasons().getFirst().code())) {
                throw new TransientFailure(place() + ": the transaction was canceled", e);
            }
        } catch (SdkException e) {
            throw AwsFailures.of(place(), e);
        }
    }

    @Override
    public String place() {
        return "table " + table;
    }

    private static Map<String, AttributeValue> item(KeyEntry entry) {
        HexFormat hex = HexFormat.of();
        return Map.of(
                OWNER,
                AttributeValue.fromS(OF + entry.owner()),
                KEY,
                AttributeValue.fromS(hex.toHexDigits(entry.high()) + hex.toHexDigits(entry.low())),
                BOUND,
                number(entry.bound()),
                ADDED_AT,
                AttributeValue.fromS(entry.addedAt().toString()),
                REFERENCE,
                AttributeValue.fromS(entry.reference()));
    }

    private void entry(Map<String, AttributeValue> item, Reader reader) {
        if (!item.containsKey(BOUND)) {
            return; // the count
        }
        String key = value(item, KEY).s();
        try {
            reader.entry(
                    value(item, OWNER).s().substring(OF.length()),
                    HexFormat.fromHexDigitsToLong(key, 0, 16),
                    HexFormat.fromHexDigitsToLong(key, 16, 32),
                    Long.parseLong(value(item, BOUND).n()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new SetupFailure(place() + " holds what is no entry: " + key, e);
        }
    }

    private AttributeValue value(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        if (value == null) {
            throw new SetupFailure(place() + " has an item without " + attribute);
        }
        return value;
    }

    private <T> T calling(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw AwsFailures.of(place(), e);
        }
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static AttributeDefinition text(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement part(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }
}
