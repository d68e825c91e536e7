package dev.sluice.loader.queue;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.kinesis.AwsFailures;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Files into and out of the queue's table, many with one request.
final class QueueWrites {

    /// The limit of TransactWriteItems.
    static final int ADDED = 100;

    /// The limit of BatchWriteItem.
    static final int REMOVED = 25;

    private static final String KNOWN = "ConditionalCheckFailed";
    private static final String INNOCENT = "None";

    private final DynamoDbClient dynamo;
    private final String table;

    QueueWrites(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /// Adds those that are not in the table; the others stay as they are there. A transaction: a
    /// batch cannot ask for that, and would let a file that is set aside wait again.
    ///
    /// @param files at most [#ADDED], each once
    void add(List<LoadFile> files) {
        List<LoadFile> left = files;
        while (!left.isEmpty()) {
            try {
                List<TransactWriteItem> puts = left.stream().map(this::put).toList();
                dynamo.transactWriteItems(write -> write.transactItems(puts));
                return;
            } catch (TransactionCanceledException e) {
                left = unknown(left, e);
            } catch (SdkException e) {
                throw AwsFailures.of(object(), e);
            }
        }
    }

    /// Takes files out. What DynamoDB leaves of a request, when it is throttled, is sent again
    /// as long as it takes any.
    ///
    /// @param keys at most [#REMOVED], each once
    void remove(List<String> keys) {
        List<WriteRequest> left = keys.stream().map(QueueWrites::delete).toList();
        while (!left.isEmpty()) {
            List<WriteRequest> rest = unprocessed(left);
            if (rest.size() == left.size()) {
                throw new TransientFailure(
                        object() + ": throttled, " + rest.size() + " files stay");
            }
            left = rest;
        }
    }

    private List<WriteRequest> unprocessed(List<WriteRequest> deletes) {
        try {
            return dynamo.batchWriteItem(write -> write.requestItems(Map.of(table, deletes)))
                    .unprocessedItems()
                    .getOrDefault(table, List.of());
        } catch (SdkException e) {
            throw AwsFailures.of(object(), e);
        }
    }

    /// A transaction that was cancelled says of each item whether it was to blame.
    private List<LoadFile> unknown(List<LoadFile> files, TransactionCanceledException e) {
        List<LoadFile> unknown = new ArrayList<>();
        List<CancellationReason> reasons = e.cancellationReasons();
        for (int i = 0; i < reasons.size(); i++) {
            String code = reasons.get(i).code();
            if (INNOCENT.equals(code)) {
                unknown.add(files.get(i));
            } else if (!KNOWN.equals(code)) {
                throw new TransientFailure(object() + ": " + code, e);
            }
        }
        if (unknown.size() == files.size()) {
            throw new TransientFailure(object() + ": a transaction was cancelled", e);
        }
        return unknown;
    }

    private TransactWriteItem put(LoadFile file) {
        return TransactWriteItem.builder()
                .put(
                        put ->
                                put.tableName(table)
                                        .item(
                                                QueueItem.of(
                                                        file, DynamoLoadQueue.waiting(file.lane())))
                                        .conditionExpression(DynamoLoadQueue.IS_NEW))
                .build();
    }

    private static WriteRequest delete(String key) {
        return WriteRequest.builder().deleteRequest(d -> d.key(QueueItem.key(key))).build();
    }

    private String object() {
        return "table " + table;
    }
}
