package dev.sluice.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.local.LocalClients;
import dev.sluice.local.dynamodb.DynamoDbFaultRule.Kind;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

import java.time.Duration;
import java.util.Map;

/// Faults on request, as a client meets them.
class DynamoDbFaultsIT {
    private static DynamoDbServer server;
    private static DynamoDbClient client;

    private LeaseTable leases;
    private LeaseTable others;

    @BeforeAll
    static void start() {
        server = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
        client = LocalClients.dynamoDbWithoutRetries(server.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void create() {
        leases = LeaseTable.create(client);
        others = LeaseTable.create(client);
    }

    @AfterEach
    void heal() {
        server.faults().clear();
    }

    @Test
    void throttlesOneOperationOfOneTable() {
        server.faults().add(rule(Kind.THROTTLE).onOperation("PutItem").times(1));

        assertThatExceptionOfType(ProvisionedThroughputExceededException.class)
                .isThrownBy(() -> leases.putNew("shard-1", 1, "one"))
                .satisfies(e -> assertThat(e.isThrottlingException()).isTrue());

        assertThat(leases.owner("shard-1", 1)).isEmpty();
        others.putNew("shard-1", 1, "one");
        leases.putNew("shard-1", 1, "one");
        assertThat(server.faults().rules().all())
                .singleElement()
                .satisfies(r -> assertThat(r.times()).isEqualTo(1));
    }

    @Test
    void seesTheTablesOfATransaction() {
        server.faults().add(rule(Kind.THROTTLE).onOperation("TransactWriteItems").times(1));

        assertThatExceptionOfType(DynamoDbException.class)
                .isThrownBy(() -> leases.putAllNew(Map.of("a", "one", "b", "two")));

        leases.putAllNew(Map.of("a", "one", "b", "two"));
        assertThat(leases.owner("a", 1)).contains("one");
    }

    @Test
    void failsAndNothingHappens() {
        server.faults().add(rule(Kind.FAIL).times(1));

        assertThatExceptionOfType(InternalServerErrorException.class)
                .isThrownBy(() -> leases.putNew("shard-1", 1, "one"))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500));

        assertThat(leases.owner("shard-1", 1)).isEmpty();
    }

    @Test
    void losesTheAnswerAfterTheWriteTookEffect() {
        server.faults().add(rule(Kind.DROP_ANSWER).times(1));

        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> leases.putNew("shard-1", 1, "one"));

        assertThat(leases.owner("shard-1", 1)).contains("one");
    }

    @Test
    void delays() {
        server.faults().add(rule(Kind.DELAY).withDelay(Duration.ofMillis(300)).times(1));

        long begun = System.nanoTime();
        leases.putNew("shard-1", 1, "one");

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofMillis(290));
        assertThat(leases.owner("shard-1", 1)).contains("one");
    }

    @Test
    void isAwayAndComesBackWithItsTables() {
        try (DynamoDbServer away = DynamoDbServer.start(DynamoDbServerConfig.inMemory());
                DynamoDbClient before = LocalClients.dynamoDb(away.endpoint());
                DynamoDbClient after = LocalClients.dynamoDb(away.endpoint())) {
            LeaseTable table = LeaseTable.create(before);
            table.putNew("shard-1", 1, "one");
            away.goAway();
            assertThat(LeaseTable.canReach(away.endpoint())).isFalse();
            away.comeBack();
            away.comeBack();

            assertThat(new LeaseTable(after, table.name()).owner("shard-1", 1)).contains("one");
        }
    }

    @Test
    void stealsALeaseAsAWorkerWould() {
        String table = "kcl-" + leases.name();
        client.createTable(
                r ->
                        r.tableName(table)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(
                                        a ->
                                                a.attributeName("leaseKey")
                                                        .attributeType(ScalarAttributeType.S))
                                .keySchema(k -> k.attributeName("leaseKey").keyType(KeyType.HASH)));
        Map<String, AttributeValue> key = Map.of("leaseKey", AttributeValue.fromS("shard-1"));
        client.putItem(
                r ->
                        r.tableName(table)
                                .item(
                                        Map.of(
                                                "leaseKey", AttributeValue.fromS("shard-1"),
                                                "leaseOwner", AttributeValue.fromS("worker"),
                                                "leaseCounter", AttributeValue.fromN("41"),
                                                "checkpoint", AttributeValue.fromS("7"))));

        server.faults().add(DynamoDbFaultRule.always(Kind.THROTTLE).times(1)); // not met
        server.faults().stealLease(table, "shard-1", "thief");
        server.faults().clear();

        Map<String, AttributeValue> lease =
                client.getItem(r -> r.tableName(table).key(key).consistentRead(true)).item();
        assertThat(lease)
                .containsEntry("leaseOwner", AttributeValue.fromS("thief"))
                .containsEntry("leaseCounter", AttributeValue.fromN("42"))
                .containsEntry("ownerSwitchesSinceCheckpoint", AttributeValue.fromN("1"))
                .containsEntry("checkpoint", AttributeValue.fromS("7"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.faults().stealLease(table, "shard-2", "thief"))
                .withMessageContaining("shard-2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.faults().stealLease("none", "shard-1", "thief"))
                .withMessageContaining("none");
    }

    private DynamoDbFaultRule rule(Kind kind) {
        return DynamoDbFaultRule.always(kind).onTable(leases.name());
    }
}
