package dev.sluice.loader.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What DynamoDB answers when it is short of capacity, which the local one never is.
class QueueWritesTest {

    private final ShortOfCapacity dynamo = new ShortOfCapacity();
    private final QueueWrites writes = new QueueWrites(dynamo, "queue");

    @Test
    void whatIsLeftOfARemovalIsSentAgain() {
        dynamo.takes = 10;

        writes.remove(IntStream.range(0, 25).mapToObj(i -> "f" + i).toList());

        assertThat(dynamo.sent).containsExactly(25, 15, 5);
    }

    @Test
    void aRemovalOfWhichNothingIsTakenFailsAndSaysHowManyStay() {
        dynamo.takes = 0;

        assertThatThrownBy(() -> writes.remove(List.of("a", "b")))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("table queue: throttled, 2 files stay");
        assertThat(dynamo.sent).containsExactly(2);
    }

    @Test
    void onlyFilesThatAreNotKnownAreSentAgain() {
        dynamo.reasons = List.of("ConditionalCheckFailed", "None", "None");

        writes.add(Stream.of("a", "b", "c").map(key -> LoadQueueKit.file(key, 1)).toList());

        assertThat(dynamo.sent).containsExactly(3, 2);
    }

    @Test
    void aTransactionThatMetAnotherIsATransientFailure() {
        dynamo.reasons = List.of("None", "TransactionConflict");

        assertThatThrownBy(
                        () ->
                                writes.add(
                                        List.of(
                                                LoadQueueKit.file("a", 1),
                                                LoadQueueKit.file("b", 2))))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("table queue: TransactionConflict");
        assertThat(dynamo.sent).containsExactly(2);
    }

    private static final class ShortOfCapacity implements DynamoDbClient {
        private final List<Integer> sent = new ArrayList<>();
        private List<String> reasons = List.of();
        private int takes;

        @Override
        public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
            List<WriteRequest> writes = request.requestItems().getOrDefault("queue", List.of());
            sent.add(writes.size());
            List<WriteRequest> left = writes.subList(Math.min(takes, writes.size()), writes.size());
            return BatchWriteItemResponse.builder()
                    .unprocessedItems(left.isEmpty() ? Map.of() : Map.of("queue", left))
                    .build();
        }

        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            sent.add(request.transactItems().size());
            if (reasons.isEmpty()) {
                return TransactWriteItemsResponse.builder().build();
            }
            List<CancellationReason> each =
                    reasons.stream()
                            .map(c -> CancellationReason.builder().code(c).build())
                            .toList();
            reasons = List.of();
            throw TransactionCanceledException.builder().cancellationReasons(each).build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }
}
