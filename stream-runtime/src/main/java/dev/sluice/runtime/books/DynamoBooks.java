package dev.sluice.runtime.books;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.kinesis.AwsFailures;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

/// The books as a table of DynamoDB. A page is put by a write on the condition that the table has
/// no later state of it, and goes by itself after a time.
///
/// What was put is in the index within milliseconds. A page that is put while the changed ones are
/// being read may be missing from that answer; it is in the next.
public final class DynamoBooks implements BooksStore {

    /// Fewer than the client has connections, since leases need some too.
    private static final int AT_ONCE = 16;

    /// For longer than this, reading the whole table takes fewer calls than reading the index.
    private static final Duration BY_INDEX = Duration.ofDays(1);

    private static final String FURTHER =
            "attribute_not_exists(%s) OR %s < :up_to".formatted(BookItem.UP_TO, BookItem.UP_TO);

    /// A page of which the first item waits for the others.
    private record StartedPage(Map<String, AttributeValue> first, CompletableFuture<?> following) {}

    private final DynamoDbAsyncClient dynamo;
    private final String table;
    private final Duration keep;
    private final InstantSource clock;
    private final Semaphore calls = new Semaphore(AT_ONCE);

    /// @param dynamo retries by itself and gives up in bounded time
    /// @param table made as [#table(String)] says
    /// @param keep how long a page stays after it was stored last
    public DynamoBooks(
            DynamoDbAsyncClient dynamo, String table, Duration keep, InstantSource clock) {
        this.dynamo = dynamo;
        this.table = table;
        this.keep = keep;
        this.clock = clock;
    }

    /// What the table has to be.
    public static CreateTableRequest table(String name) {
        return BooksTable.named(name);
    }

    /// The attribute for the table's time to live.
    public static String expiry() {
        return BookItem.EXPIRES;
    }

    /// One failure does not keep the other pages from being stored.
    @Override
    public void put(List<BookPage> pages) {
        Instant now = clock.instant();
        long expires = now.plus(keep).getEpochSecond();
        List<RuntimeException> failures = new ArrayList<>();
        List<StartedPage> started = new ArrayList<>();
        for (BookPage page : pages) {
            List<Map<String, AttributeValue>> items =
                    BookItem.of(page, Slots.of(page, now), expires);
            started.add(
                    new StartedPage(
                            items.getFirst(), all(items.stream().skip(1).map(this::put).toList())));
        }
        List<CompletableFuture<?>> puts = new ArrayList<>();
        for (StartedPage page : started) {
            if (succeeds(page.following(), failures)) {
                puts.add(put(page.first()));
            }
        }
        puts.forEach(put -> succeeds(put, failures));
        throwWorst(failures);
    }

    @Override
    public List<BookPage> changedSince(Instant since) {
        Instant now = clock.instant();
        List<RuntimeException> failures = new ArrayList<>();
        Map<BookPage.Id, BookPage> pages = new LinkedHashMap<>();
        for (Map<String, AttributeValue> first : changed(since, now, failures)) {
            pages.merge(
                    BookItem.page(first).id(),
                    whole(first, failures),
                    (one, other) -> one.upTo().compareTo(other.upTo()) < 0 ? other : one);
        }
        throwWorst(failures);
        return List.copyOf(pages.values());
    }

    /// Those first items that were stored since.
    private Collection<Map<String, AttributeValue>> changed(
            Instant since, Instant now, List<RuntimeException> failures) {
        List<Map<String, AttributeValue>> found = Collections.synchronizedList(new ArrayList<>());
        if (since.isBefore(now.minus(BY_INDEX))) {
            succeeds(dynamo.scanPaginator(stored(since)).items().subscribe(found::add), failures);
            return found;
        }
        List<String> slots = Slots.since(since, now);
        for (int from = 0; from < slots.size(); from += AT_ONCE) {
            List<String> some = slots.subList(from, Math.min(from + AT_ONCE, slots.size()));
            succeeds(
                    all(
                            some.stream()
                                    .map(
                                            slot ->
                                                    dynamo.queryPaginator(in(slot))
                                                            .items()
                                                            .subscribe(found::add))
                                    .toList()),
                    failures);
        }
        return found;
    }

    private BookPage whole(Map<String, AttributeValue> first, List<RuntimeException> failures) {
        BookPage page = BookItem.page(first);
        Map<String, BookCounts> counts = new LinkedHashMap<>(page.counts());
        for (Map<String, AttributeValue> key : BookItem.following(first)) {
            GetItemRequest get =
                    GetItemRequest.builder().tableName(table).key(key).consistentRead(true).build();
            succeeds(
                    dynamo.getItem(get)
                            .thenAccept(item -> counts.putAll(BookItem.counts(item.item()))),
                    failures);
        }
        return new BookPage(
                page.stage(), page.shard(), page.minute(), page.from(), page.upTo(), counts);
    }

    private CompletableFuture<?> put(Map<String, AttributeValue> item) {
        PutItemRequest put =
                PutItemRequest.builder()
                        .tableName(table)
                        .item(item)
                        .conditionExpression(FURTHER)
                        .expressionAttributeValues(Map.of(":up_to", item.get(BookItem.UP_TO)))
                        .build();
        calls.acquireUninterruptibly(); // given back in bounded time
        CompletableFuture<PutItemResponse> answer;
        try {
            answer = dynamo.putItem(put);
        } catch (RuntimeException refused) {
            answer = CompletableFuture.failedFuture(refused);
        }
        return answer.whenComplete((done, failure) -> calls.release());
    }

    private QueryRequest in(String slot) {
        return QueryRequest.builder()
                .tableName(table)
                .indexName(BooksTable.INDEX)
                .keyConditionExpression(BookItem.SLOT + " = :slot")
                .expressionAttributeValues(Map.of(":slot", BookItem.text(slot)))
                .build();
    }

    private ScanRequest stored(Instant since) {
        return ScanRequest.builder()
                .tableName(table)
                .filterExpression(BookItem.SLOT + " >= :slot")
                .expressionAttributeValues(Map.of(":slot", BookItem.text(Slots.first(since))))
                .build();
    }

    /// Waits. A state that the table has already, or a later one, is as good as stored.
    private boolean succeeds(CompletableFuture<?> call, List<RuntimeException> failures) {
        try {
            call.join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof ConditionalCheckFailedException) {
                return true;
            }
            failures.add(AwsFailures.of("table " + table, e));
            return false;
        }
    }

    private static CompletableFuture<?> all(List<? extends CompletableFuture<?>> calls) {
        return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
    }

    /// What somebody has to mend comes before what passes.
    private static void throwWorst(List<RuntimeException> failures) {
        for (RuntimeException failure : failures) {
            if (failure instanceof SetupFailure) {
                throw failure;
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
