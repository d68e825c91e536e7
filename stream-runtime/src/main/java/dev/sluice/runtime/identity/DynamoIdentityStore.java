package dev.sluice.runtime.identity;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.kinesis.AwsFailures;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ids in a table of DynamoDB, an item each under its key, which is a hash and so spreads by
/// itself. A link is two updates of one item each, every one of which can be repeated, so nothing
/// is lost by a death between them and no transaction has to be paid for.
public final class DynamoIdentityStore implements IdentityStore {

    /// Links that are stored at once; fewer than the client has connections.
    private static final int AT_ONCE = 32;

    private static final Duration CALL = Duration.ofSeconds(30);

    private final IdentityUpdates updates;
    private final IdentityReads reads;
    private final String place;

    /// @param dynamo retries by itself
    /// @param table made as [#table(String)] says
    public DynamoIdentityStore(DynamoDbAsyncClient dynamo, String table) {
        place = "table " + table;
        updates = new IdentityUpdates(dynamo, table);
        reads = new IdentityReads(dynamo, table);
    }

    /// What the table has to be.
    public static CreateTableRequest table(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        key ->
                                key.attributeName(IdentityItem.PERSON)
                                        .attributeType(ScalarAttributeType.S))
                .keySchema(key -> key.attributeName(IdentityItem.PERSON).keyType(KeyType.HASH))
                .build();
    }

    @Override
    public Map<String, Identity> find(Collection<String> persons, Duration within) {
        Map<String, Identity> found = new HashMap<>();
        List<Map<String, AttributeValue>> items = await(reads.items(persons), within);
        for (Map<String, AttributeValue> item : items) {
            Identity identity = IdentityItem.read(item, place);
            found.put(identity.ref().person(), identity);
        }
        return found;
    }

    @Override
    public List<LinkOutcome> link(List<NewLink> links, int mostIds, Duration within) {
        long until = System.nanoTime() + within.toNanos();
        List<LinkOutcome> outcomes = new ArrayList<>(links.size());
        for (int i = 0; i < links.size(); i += AT_ONCE) {
            List<CompletableFuture<LinkOutcome>> some =
                    links.subList(i, Math.min(i + AT_ONCE, links.size())).stream()
                            .map(link -> updates.link(link, mostIds))
                            .toList();
            some.forEach(each -> outcomes.add(outcome(each, until)));
        }
        return outcomes;
    }

    @Override
    public void unlink(String person, Collection<Link> links) {
        if (!links.isEmpty()) {
            await(updates.unlink(person, links), CALL);
        }
    }

    @Override
    public void remove(List<String> persons) {
        persons.forEach(person -> await(updates.remove(person), CALL));
    }

    @Override
    public String place() {
        return place;
    }

    private LinkOutcome outcome(CompletableFuture<LinkOutcome> call, long until) {
        try {
            return await(call, Duration.ofNanos(until - System.nanoTime()));
        } catch (RuntimeException e) {
            return new LinkOutcome.Failed(e);
        }
    }

    /// A call that takes too long is given up, and may have its effect all the same.
    private <T> T await(CompletableFuture<T> call, Duration within) {
        try {
            return call.get(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new TransientFailure(place + ": no answer in time", e);
        } catch (ExecutionException | CompletionException e) {
            throw AwsFailures.of(place, e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new TransientFailure(place + ": interrupted", e);
        }
    }
}
