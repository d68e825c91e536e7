package dev.sluice.runtime.books;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.kinesis.AwsFailures;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The books as a table of DynamoDB. A page is put by a write on the condition that the table has
/// no later state of it, and goes by itself after a time.
///
/// What was put is in the index within milliseconds. A page that is put while the changed ones are
/// being read may be missing from that answer; it is in the next.
public final class DynamoBooks implements BooksStore {

    /// Fewer than the client has connections, since leases need some too.
    private static final int AT_ONCE = 16;

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
    public void changedSince(Instant since, Consumer<List<BookPage>> pages) {
        new ChangedPages(dynamo, table, pages).read(since, clock.instant());
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
