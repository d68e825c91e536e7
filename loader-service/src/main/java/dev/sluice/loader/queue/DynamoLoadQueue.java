package dev.sluice.loader.queue;

import dev.sluice.runtime.kinesis.AwsFailures;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The load queue as a DynamoDB table with an item for each file. A file is loaded by being
/// removed, so the table holds no history, and the index orders what is left by state and age. The
/// index follows the table within milliseconds.
public final class DynamoLoadQueue implements LoadQueue {

    static final String IS_NEW = "attribute_not_exists(" + QueueItem.KEY + ")";

    private static final String BLOCKED = "blocked";

    private final DynamoDbClient dynamo;
    private final String table;
    private final QueueWrites writes;
    private final InstantSource clock;

    /// @param table made as [#table(String)] says
    public DynamoLoadQueue(DynamoDbClient dynamo, String table, InstantSource clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.writes = new QueueWrites(dynamo, table);
        this.clock = clock;
    }

    /// What the table has to be.
    public static CreateTableRequest table(String name) {
        return QueueTable.named(name);
    }

    @Override
    public void add(Collection<LoadFile> files) {
        Map<String, LoadFile> byKey = new LinkedHashMap<>();
        files.forEach(file -> byKey.putIfAbsent(file.key(), file));
        if (byKey.size() == 1) {
            put(byKey.values().iterator().next());
            return;
        }
        inParts(List.copyOf(byKey.values()), QueueWrites.ADDED, writes::add);
    }

    /// Half the price of a transaction.
    private void put(LoadFile file) {
        conditionally(
                () ->
                        dynamo.putItem(
                                put ->
                                        put.tableName(table)
                                                .item(QueueItem.of(file, waiting(file.lane())))
                                                .conditionExpression(IS_NEW)));
    }

    @Override
    public List<LoadFile> oldest(int limit) {
        return Stream.of(Lane.values())
                .flatMap(lane -> query(waiting(lane), limit).stream())
                .map(QueueItem::file)
                .sorted(Comparator.comparing(LoadFile::createdAt))
                .toList();
    }

    @Override
    public void remove(Collection<LoadFile> loaded) {
        List<String> keys = loaded.stream().map(LoadFile::key).distinct().toList();
        inParts(keys, QueueWrites.REMOVED, writes::remove);
    }

    @Override
    public void setAside(LoadFile file, String why) {
        conditionally(
                () ->
                        dynamo.updateItem(
                                update ->
                                        update.tableName(table)
                                                .key(QueueItem.key(file.key()))
                                                .conditionExpression(
                                                        "attribute_exists(%s) AND %s <> :blocked"
                                                                .formatted(
                                                                        QueueItem.KEY,
                                                                        QueueItem.STATE))
                                                .updateExpression(
                                                        "SET %s = :blocked, %s = :why, %s = :since"
                                                                .formatted(
                                                                        QueueItem.STATE,
                                                                        QueueItem.WHY,
                                                                        QueueItem.SINCE))
                                                .expressionAttributeValues(
                                                        Map.of(
                                                                ":blocked", QueueItem.text(BLOCKED),
                                                                ":why", QueueItem.text(why),
                                                                ":since",
                                                                        QueueItem.time(
                                                                                clock
                                                                                        .instant())))));
    }

    @Override
    public List<BlockedFile> blocked(int limit) {
        return query(BLOCKED, limit).stream().map(QueueItem::blocked).toList();
    }

    @Override
    public boolean release(String key) {
        Map<String, AttributeValue> item = item(key);
        return !item.isEmpty() && release(key, waiting(QueueItem.file(item).lane()));
    }

    private boolean release(String key, String state) {
        return conditionally(
                () ->
                        dynamo.updateItem(
                                update ->
                                        update.tableName(table)
                                                .key(QueueItem.key(key))
                                                .conditionExpression(
                                                        QueueItem.STATE + " = :blocked")
                                                .updateExpression(
                                                        "SET %s = :waiting REMOVE %s, %s"
                                                                .formatted(
                                                                        QueueItem.STATE,
                                                                        QueueItem.WHY,
                                                                        QueueItem.SINCE))
                                                .expressionAttributeValues(
                                                        Map.of(
                                                                ":waiting", QueueItem.text(state),
                                                                ":blocked",
                                                                        QueueItem.text(BLOCKED)))));
    }

    @Override
    public boolean has(String key) {
        return !item(key).isEmpty();
    }

    /// Empty if there is none.
    private Map<String, AttributeValue> item(String key) {
        return reaching(
                () ->
                        dynamo.getItem(
                                        get ->
                                                get.tableName(table)
                                                        .key(QueueItem.key(key))
                                                        .consistentRead(true))
                                .item());
    }

    /// The state of a file that waits.
    static String waiting(Lane lane) {
        return switch (lane) {
            case ON_TIME -> "waiting";
            case OTHERS -> "waiting-others";
            case REPLAYED -> "waiting-replayed";
        };
    }

    @Override
    public QueueDepth depth() {
        Instant oldest = oldest(1).stream().map(LoadFile::createdAt).findFirst().orElse(null);
        long waiting = Stream.of(Lane.values()).mapToLong(lane -> count(waiting(lane))).sum();
        return new QueueDepth(waiting, oldest, count(BLOCKED));
    }

    private List<Map<String, AttributeValue>> query(String state, int limit) {
        return reaching(
                () ->
                        dynamo.queryPaginator(inState(state).limit(limit).build()).items().stream()
                                .limit(limit)
                                .toList());
    }

    private long count(String state) {
        return reaching(
                () ->
                        dynamo.queryPaginator(inState(state).select(Select.COUNT).build()).stream()
                                .mapToLong(QueryResponse::count)
                                .sum());
    }

    private QueryRequest.Builder inState(String state) {
        return QueryRequest.builder()
                .tableName(table)
                .indexName(QueueTable.INDEX)
                .keyConditionExpression(QueueItem.STATE + " = :state")
                .expressionAttributeValues(Map.of(":state", QueueItem.text(state)))
                .scanIndexForward(true);
    }

    private static <T> void inParts(List<T> all, int size, Consumer<List<T>> each) {
        for (int from = 0; from < all.size(); from += size) {
            each.accept(all.subList(from, Math.min(from + size, all.size())));
        }
    }

    /// @return whether the condition held
    private boolean conditionally(Runnable call) {
        try {
            call.run();
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        } catch (SdkException e) {
            throw AwsFailures.of("table " + table, e);
        }
    }

    private <T> T reaching(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw AwsFailures.of("table " + table, e);
        }
    }
}
