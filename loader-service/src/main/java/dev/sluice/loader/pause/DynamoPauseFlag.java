package dev.sluice.loader.pause;

import dev.sluice.runtime.kinesis.AwsFailures;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The flag as an item of the table of locks, beside the leader's lock.
public final class DynamoPauseFlag implements PauseFlag {

    private static final String NAME = "lock_name";
    private static final String BY = "paused_by";
    private static final String SINCE = "paused_since";
    private static final String REASON = "paused_reason";

    private final DynamoDbClient dynamo;
    private final String table;
    private final String item;

    /// @param table made as [dev.sluice.runtime.leader.DynamoLockRecords#table(String)] says
    /// @param lock of the leader
    public DynamoPauseFlag(DynamoDbClient dynamo, String table, String lock) {
        this.dynamo = dynamo;
        this.table = table;
        this.item = lock + "/pause";
    }

    @Override
    public Optional<LoadPause> read() {
        try {
            return pause(
                    dynamo.getItem(get -> get.tableName(table).consistentRead(true).key(key()))
                            .item());
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    @Override
    public LoadPause pause(LoadPause wanted) {
        Map<String, AttributeValue> values =
                Map.of(
                        NAME, AttributeValue.fromS(item),
                        BY, AttributeValue.fromS(wanted.by()),
                        SINCE, AttributeValue.fromS(wanted.since().toString()),
                        REASON, AttributeValue.fromS(wanted.reason()));
        try {
            dynamo.putItem(
                    put ->
                            put.tableName(table)
                                    .item(values)
                                    .conditionExpression("attribute_not_exists(" + NAME + ")"));
            return wanted;
        } catch (ConditionalCheckFailedException e) {
            return read().orElse(wanted);
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    @Override
    public Optional<LoadPause> resume() {
        try {
            return pause(
                    dynamo.deleteItem(
                                    delete ->
                                            delete.tableName(table)
                                                    .key(key())
                                                    .returnValues(ReturnValue.ALL_OLD))
                            .attributes());
        } catch (SdkException e) {
            throw failure(e);
        }
    }

    private static Optional<LoadPause> pause(Map<String, AttributeValue> item) {
        return item.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LoadPause(
                                text(item, BY),
                                Instant.parse(text(item, SINCE)),
                                text(item, REASON)));
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute).s();
    }

    private Map<String, AttributeValue> key() {
        return Map.of(NAME, AttributeValue.fromS(item));
    }

    private RuntimeException failure(SdkException e) {
        return AwsFailures.of("item " + item + " in table " + table, e);
    }
}
