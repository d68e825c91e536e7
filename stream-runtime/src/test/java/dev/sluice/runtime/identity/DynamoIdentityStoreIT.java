package dev.sluice.runtime.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.dynamodb.DynamoDbFaultRule;
import dev.sluice.local.dynamodb.DynamoDbFaultRule.Kind;
import dev.sluice.runtime.LocalTables;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class DynamoIdentityStoreIT extends IdentityStoreKit {

    private static final Duration SHORT = Duration.ofMillis(200);

    private static LocalTables local;
    private static DynamoDbAsyncClient client;

    private String table = "";

    @BeforeAll
    static void start() {
        local = new LocalTables();
        client = local.asyncClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        local.close();
    }

    @AfterEach
    void mend() {
        local.faults().clear();
    }

    @Override
    IdentityStore store() {
        table = local.create(DynamoIdentityStore::table);
        return new DynamoIdentityStore(client, table);
    }

    @Test
    void aLostAnswerMakesNoSecondLink() {
        local.faults().add(DynamoDbFaultRule.always(Kind.DROP_ANSWER).times(1));
        local.faults().add(on(Kind.DROP_ANSWER, "UpdateItem").times(3));
        NewLink link = new NewLink(PHONE, ANN, link(ANN, 0, "e1"));

        assertThat(link(link)).isEqualTo(linked(link.link()));

        assertThat(find(PHONE, ANN)).hasSize(2);
        assertThat(one(ANN).members()).containsExactly(PHONE.person());
    }

    @Test
    void whatIsNotAnsweredInTimeHasFailedAndCanBeDoneAgain() {
        NewLink link = new NewLink(PHONE, ANN, link(ANN, 0, "e1"));
        local.faults().add(on(Kind.DELAY, "UpdateItem").withDelay(Duration.ofSeconds(2)));
        assertThat(store.link(List.of(link, link), 100, SHORT))
                .hasSize(2)
                .allSatisfy(
                        outcome ->
                                assertThat(outcome)
                                        .isInstanceOfSatisfying(
                                                LinkOutcome.Failed.class,
                                                failed ->
                                                        assertThat(failed.why())
                                                                .isInstanceOf(
                                                                        TransientFailure.class)
                                                                .hasMessageContaining(table)));
        local.faults().clear();
        local.faults().add(on(Kind.DELAY, "BatchGetItem").withDelay(Duration.ofSeconds(2)));
        assertThatThrownBy(() -> store.find(List.of(PHONE.person()), SHORT))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("no answer in time");
        local.faults().clear();

        assertThat(link(link)).isEqualTo(linked(link.link()));
        assertThat(find(PHONE)).hasSize(1);
    }

    @Test
    void aDeathBetweenTheTwoSidesOfALinkIsMendedByDoingItAgain() {
        NewLink link = new NewLink(PHONE, ANN, link(ANN, 0, "e1"));
        store.link(List.of(link), 100, TIME);
        store.remove(List.of(PHONE.person()));
        assertThat(one(ANN).members()).containsExactly(PHONE.person());

        assertThat(link(link)).isEqualTo(linked(link.link()));

        assertThat(find(PHONE, ANN)).hasSize(2);
    }

    @Test
    void aMissingTableIsASetupFailureThatNamesIt() {
        IdentityStore nowhere = new DynamoIdentityStore(client, "not-there");

        assertThatThrownBy(() -> nowhere.find(List.of("p"), TIME))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("table not-there");
        assertThat(nowhere.link(List.of(new NewLink(PHONE, ANN, link(ANN, 0, "e"))), 9, TIME))
                .singleElement()
                .isInstanceOfSatisfying(
                        LinkOutcome.Failed.class,
                        failed -> assertThat(failed.why()).isInstanceOf(SetupFailure.class));
    }

    @Test
    void anUnreachableTableIsATransientFailure() {
        try (DynamoDbAsyncClient nobody = LocalTables.unreachableAsync()) {
            IdentityStore away = new DynamoIdentityStore(nobody, "ids");

            assertThatThrownBy(() -> away.find(List.of("p"), TIME))
                    .isInstanceOf(TransientFailure.class);
            assertThatThrownBy(() -> away.remove(List.of("p")))
                    .isInstanceOf(TransientFailure.class);
        }
    }

    @Test
    void whatIsNoIdIsASetupFailureWithoutItsContent() {
        client.putItem(
                        put ->
                                put.tableName(table)
                                        .item(
                                                Map.of(
                                                        "person", AttributeValue.fromS("p"),
                                                        "owner_id", AttributeValue.fromS("shop"),
                                                        "id_kind", AttributeValue.fromS("user_id"),
                                                        "id_value", AttributeValue.fromS("ann"),
                                                        "links",
                                                                AttributeValue.fromSs(
                                                                        List.of("soon x")))))
                .join();

        assertThatThrownBy(() -> store.find(List.of("p"), TIME))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining(table)
                .hasMessageNotContaining("ann");
    }

    private static DynamoDbFaultRule on(Kind kind, String operation) {
        return DynamoDbFaultRule.always(kind).onOperation(operation);
    }
}
