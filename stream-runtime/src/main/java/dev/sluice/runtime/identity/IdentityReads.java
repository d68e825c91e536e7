package dev.sluice.runtime.identity;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Reads items of ids, a hundred a call, those calls at once.
final class IdentityReads {

    private static final int KEYS_OF_A_CALL = 100;

    /// Before what the table had no time for is asked for again.
    private static final int PAUSE_MILLIS = 20;

    private final DynamoDbAsyncClient dynamo;
    private final String table;

    IdentityReads(DynamoDbAsyncClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /// In no order.
    CompletableFuture<List<Map<String, AttributeValue>>> items(Collection<String> persons) {
        List<Map<String, AttributeValue>> keys =
                persons.stream().distinct().map(IdentityItem::key).toList();
        CompletableFuture<List<Map<String, AttributeValue>>> all =
                CompletableFuture.completedFuture(List.of());
        for (int i = 0; i < keys.size(); i += KEYS_OF_A_CALL) {
            List<Map<String, AttributeValue>> some =
                    keys.subList(i, Math.min(i + KEYS_OF_A_CALL, keys.size()));
            all = all.thenCombine(read(some), IdentityReads::both);
        }
        return all;
    }

    private CompletableFuture<List<Map<String, AttributeValue>>> read(
            List<Map<String, AttributeValue>> keys) {
        KeysAndAttributes wanted =
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
        return dynamo.batchGetItem(get -> get.requestItems(Map.of(table, wanted)))
                .thenCompose(this::rest);
    }

    private CompletableFuture<List<Map<String, AttributeValue>>> rest(BatchGetItemResponse answer) {
        List<Map<String, AttributeValue>> items = answer.responses().getOrDefault(table, List.of());
        KeysAndAttributes left = answer.unprocessedKeys().get(table);
        if (left == null || left.keys().isEmpty()) {
            return CompletableFuture.completedFuture(items);
        }
        return CompletableFuture.supplyAsync(
                        left::keys,
                        CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                .thenCompose(this::read)
                .thenApply(more -> both(items, more));
    }

    private static List<Map<String, AttributeValue>> both(
            List<Map<String, AttributeValue>> one, List<Map<String, AttributeValue>> other) {
        List<Map<String, AttributeValue>> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
