package dev.sluice.runtime.books;

import dev.sluice.runtime.kinesis.AwsFailures;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// One look for the pages that were stored lately. Holds a few answers of DynamoDB, of 1 MB each at
/// most, and the pages of one list, whatever the table holds.
final class ChangedPages {

    /// Fewer than the client has connections, since leases need some too.
    private static final int AT_ONCE = 16;

    /// For longer than this, reading the whole table takes fewer calls than reading the index.
    private static final Duration BY_INDEX = Duration.ofDays(1);

    /// Counts of tenants after which a list is handed over; about 2 MB.
    private static final int COUNTS_OF_A_LIST = 10_000;

    /// Gives the answer after a key; the first one after an empty key.
    private interface Read {
        CompletableFuture<Answer> after(Map<String, AttributeValue> key);
    }

    /// @param last the key after which to go on; empty at the end
    private record Answer(
            List<Map<String, AttributeValue>> items, Map<String, AttributeValue> last) {}

    private final DynamoDbAsyncClient dynamo;
    private final String table;
    private final Consumer<List<BookPage>> pages;
    private final Map<BookPage.Id, BookPage> list = new LinkedHashMap<>();
    private int counts;

    /// @param pages is handed the lists
    ChangedPages(DynamoDbAsyncClient dynamo, String table, Consumer<List<BookPage>> pages) {
        this.dynamo = dynamo;
        this.table = table;
        this.pages = pages;
    }

    void read(Instant since, Instant now) {
        if (since.isBefore(now.minus(BY_INDEX))) {
            read(List.of(storedSince(since)));
        } else {
            List<String> slots = Slots.since(since, now);
            for (int from = 0; from < slots.size(); from += AT_ONCE) {
                List<String> some = slots.subList(from, Math.min(from + AT_ONCE, slots.size()));
                read(some.stream().map(this::in).toList());
            }
        }
        handOver();
    }

    /// All of these to their ends, an answer of each at a time.
    private void read(List<Read> reads) {
        Map<Read, Map<String, AttributeValue>> open = new LinkedHashMap<>();
        reads.forEach(read -> open.put(read, Map.of()));
        while (!open.isEmpty()) {
            Map<Read, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
            open.forEach((read, key) -> answers.put(read, read.after(key)));
            open.clear();
            answers.forEach(
                    (read, coming) -> {
                        Answer answer = await(coming);
                        answer.items().forEach(this::add);
                        if (!answer.last().isEmpty()) {
                            open.put(read, answer.last());
                        }
                    });
        }
    }

    private void add(Map<String, AttributeValue> first) {
        BookPage page = whole(first);
        list.merge(
                page.id(),
                page,
                (one, other) -> one.upTo().compareTo(other.upTo()) < 0 ? other : one);
        counts += page.counts().size();
        if (counts >= COUNTS_OF_A_LIST) {
            handOver();
        }
    }

    private void handOver() {
        if (!list.isEmpty()) {
            pages.accept(List.copyOf(list.values()));
        }
        list.clear();
        counts = 0;
    }

    private BookPage whole(Map<String, AttributeValue> first) {
        BookPage page = BookItem.page(first);
        List<Map<String, AttributeValue>> following = BookItem.following(first);
        if (following.isEmpty()) {
            return page;
        }
        Map<String, BookCounts> all = new LinkedHashMap<>(page.counts());
        for (Map<String, AttributeValue> key : following) {
            GetItemRequest get =
                    GetItemRequest.builder().tableName(table).key(key).consistentRead(true).build();
            all.putAll(BookItem.counts(await(dynamo.getItem(get)).item()));
        }
        return new BookPage(
                page.stage(), page.shard(), page.minute(), page.from(), page.upTo(), all);
    }

    private Read in(String slot) {
        return key ->
                dynamo.query(
                                QueryRequest.builder()
                                        .tableName(table)
                                        .indexName(BooksTable.INDEX)
                                        .keyConditionExpression(BookItem.SLOT + " = :slot")
                                        .expressionAttributeValues(
                                                Map.of(":slot", BookItem.text(slot)))
                                        .exclusiveStartKey(key.isEmpty() ? null : key)
                                        .build())
                        .thenApply(found -> new Answer(found.items(), found.lastEvaluatedKey()));
    }

    private Read storedSince(Instant since) {
        return key ->
                dynamo.scan(
                                ScanRequest.builder()
                                        .tableName(table)
                                        .filterExpression(BookItem.SLOT + " >= :slot")
                                        .expressionAttributeValues(
                                                Map.of(":slot", BookItem.text(Slots.first(since))))
                                        .exclusiveStartKey(key.isEmpty() ? null : key)
                                        .build())
                        .thenApply(found -> new Answer(found.items(), found.lastEvaluatedKey()));
    }

    private <T> T await(CompletableFuture<T> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            throw AwsFailures.of("table " + table, e);
        }
    }
}
