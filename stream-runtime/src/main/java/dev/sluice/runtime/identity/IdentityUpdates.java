package dev.sluice.runtime.identity;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Writes items of ids.
final class IdentityUpdates {

    /// An element of a set is added if there is room, and when it is there already.
    private static final String ADD =
            ("SET %2$s = :owner, %3$s = :kind, %4$s = :id ADD %1$s :elements")
                    .formatted("%s", IdentityItem.OWNER, IdentityItem.KIND, IdentityItem.ID);

    private static final String ROOM =
            "attribute_not_exists(%1$s) OR size(%1$s) < :most OR contains(%1$s, :element)";

    private final DynamoDbAsyncClient dynamo;
    private final String table;

    IdentityUpdates(DynamoDbAsyncClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    CompletableFuture<LinkOutcome> link(NewLink link, int mostIds) {
        return dynamo.updateItem(
                        add(link.to(), IdentityItem.MEMBERS, link.from().person(), mostIds))
                .handle((_, failure) -> refused(failure))
                .thenCompose(
                        refused ->
                                refused
                                        ? CompletableFuture.completedFuture(
                                                new LinkOutcome.PersonFull())
                                        : belongs(link));
    }

    CompletableFuture<?> unlink(String person, Collection<Link> links) {
        List<String> texts = links.stream().map(IdentityItem::text).toList();
        return dynamo.updateItem(
                        update ->
                                update.tableName(table)
                                        .key(IdentityItem.key(person))
                                        .updateExpression(
                                                "DELETE " + IdentityItem.LINKS + " :these")
                                        .conditionExpression(
                                                "attribute_exists(" + IdentityItem.PERSON + ")")
                                        .expressionAttributeValues(
                                                Map.of(":these", AttributeValue.fromSs(texts))))
                .handle((_, failure) -> refused(failure));
    }

    CompletableFuture<?> remove(String person) {
        return dynamo.deleteItem(delete -> delete.tableName(table).key(IdentityItem.key(person)));
    }

    private CompletableFuture<LinkOutcome> belongs(NewLink link) {
        UpdateItemRequest update =
                add(
                                link.from(),
                                IdentityItem.LINKS,
                                IdentityItem.text(link.link()),
                                LinkHistory.MOST_LINKS)
                        .toBuilder()
                        .returnValues(ReturnValue.ALL_NEW)
                        .build();
        return dynamo.updateItem(update)
                .handle(
                        (answer, failure) ->
                                refused(failure)
                                        ? new LinkOutcome.IdFull()
                                        : new LinkOutcome.Linked(
                                                IdentityItem.links(
                                                        answer.attributes(), "table " + table)));
    }

    private UpdateItemRequest add(IdRef to, String set, String element, int most) {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(IdentityItem.key(to.person()))
                .updateExpression(ADD.formatted(set))
                .conditionExpression(ROOM.formatted(set))
                .expressionAttributeValues(
                        Map.of(
                                ":owner", AttributeValue.fromS(to.owner()),
                                ":kind", AttributeValue.fromS(to.kind()),
                                ":id", AttributeValue.fromS(to.id()),
                                ":elements", AttributeValue.fromSs(List.of(element)),
                                ":element", AttributeValue.fromS(element),
                                ":most", AttributeValue.fromN(Integer.toString(most))))
                .build();
    }

    /// Whether a call failed only because its condition is not met.
    ///
    /// @throws CompletionException if it failed otherwise
    private static boolean refused(@Nullable Throwable failure) {
        if (failure == null) {
            return false;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof ConditionalCheckFailedException) {
            return true;
        }
        throw new CompletionException(cause);
    }
}
