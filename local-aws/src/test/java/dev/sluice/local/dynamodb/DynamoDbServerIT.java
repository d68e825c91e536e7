package dev.sluice.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.local.LocalClients;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

import java.util.Map;
import java.util.stream.IntStream;

class DynamoDbServerIT {
    private static DynamoDbServer server;
    private static DynamoDbClient client;

    private LeaseTable leases;

    @BeforeAll
    static void start() {
        server = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
        client = LocalClients.dynamoDb(server.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void createTable() {
        leases = LeaseTable.create(client);
    }

    @Test
    void acceptsAConditionalPutOnlyOnce() {
        leases.putNew("shard-1", 1, "first");

        assertThatExceptionOfType(ConditionalCheckFailedException.class)
                .isThrownBy(() -> leases.putNew("shard-1", 1, "second"));
        assertThat(leases.owner("shard-1", 1)).contains("first");
    }

    @Test
    void takesATransactionWholeOrNotAtAll() {
        leases.putNew("shard-1", 1, "first");

        assertThatExceptionOfType(TransactionCanceledException.class)
                .isThrownBy(
                        () -> leases.putAllNew(Map.of("shard-2", "second", "shard-1", "second")));
        assertThat(leases.owner("shard-2", 1)).isEmpty();

        leases.putAllNew(Map.of("shard-2", "second", "shard-3", "second"));
        assertThat(leases.owner("shard-2", 1)).contains("second");
        assertThat(leases.owner("shard-3", 1)).contains("second");
    }

    @Test
    void answersAQueryInSortKeyOrderPageByPage() {
        IntStream.of(3, 1, 2, 5, 4)
                .forEach(epoch -> leases.putNew("shard-1", epoch, "owner-" + epoch));

        var pages =
                client.queryPaginator(
                        r ->
                                r.tableName(leases.name())
                                        .limit(2)
                                        .keyConditionExpression("shard_id = :s and epoch > :e")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":s",
                                                        AttributeValue.fromS("shard-1"),
                                                        ":e",
                                                        AttributeValue.fromN("1"))));

        assertThat(pages.items().stream())
                .extracting(i -> i.get("epoch"))
                .extracting(AttributeValue::n)
                .containsExactly("2", "3", "4", "5");
    }

    @Test
    void acceptsATimeToLiveAttribute() {
        client.updateTimeToLive(
                r ->
                        r.tableName(leases.name())
                                .timeToLiveSpecification(
                                        t -> t.enabled(true).attributeName("expires")));

        var ttl =
                client.describeTimeToLive(r -> r.tableName(leases.name())).timeToLiveDescription();
        assertThat(ttl.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
        assertThat(ttl.attributeName()).isEqualTo("expires");
    }

    @Test
    void showsTheSameTablesToEveryRegionAndCredential() {
        leases.putNew("shard-1", 1, "first");

        try (var elsewhere =
                LocalClients.dynamoDb(server.endpoint(), Region.US_WEST_2, "somebodyelse")) {
            assertThat(new LeaseTable(elsewhere, leases.name()).owner("shard-1", 1))
                    .contains("first");
        }
    }

    @Test
    void namesThePortThatIsTaken() {
        int taken = server.endpoint().getPort();

        assertThatIllegalStateException()
                .isThrownBy(
                        () -> DynamoDbServer.start(DynamoDbServerConfig.inMemory().withPort(taken)))
                .withMessageContaining("127.0.0.1:" + taken);
    }

    @Test
    void closesMoreThanOnce() {
        var another = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
        another.close();
        another.close();

        assertThat(LeaseTable.canReach(another.endpoint())).isFalse();
        assertThat(LeaseTable.canReach(server.endpoint())).isTrue();
    }
}
