package dev.sluice.runtime.keylist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.LocalTables;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Map;

class DynamoKeyListIT extends KeyListKit {

    private static LocalTables local;

    @BeforeAll
    static void start() {
        local = new LocalTables();
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Override
    KeyList list() {
        return new DynamoKeyList(local.client(), local.create(DynamoKeyList::table));
    }

    @Test
    void aMissingTableIsASetupFailureThatNamesIt() {
        KeyList nowhere = new DynamoKeyList(local.client(), "not-there");

        assertThatThrownBy(nowhere::version)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("table not-there");
        assertThatThrownBy(() -> nowhere.read((_, _, _, _) -> {})).isInstanceOf(SetupFailure.class);
        assertThatThrownBy(() -> nowhere.raise(entry("shop", 1, 2, 3)))
                .isInstanceOf(SetupFailure.class);
    }

    @Test
    void anUnreachableTableIsATransientFailure() {
        try (DynamoDbClient client = LocalTables.unreachable()) {
            KeyList away = new DynamoKeyList(client, "keys");

            assertThatThrownBy(away::version).isInstanceOf(TransientFailure.class);
            assertThatThrownBy(() -> away.raise(entry("shop", 1, 2, 3)))
                    .isInstanceOf(TransientFailure.class);
        }
    }

    @Test
    void whatIsNoEntryStopsTheReadingOfAll() {
        String table = local.create(DynamoKeyList::table);
        KeyList list = new DynamoKeyList(local.client(), table);
        local.client()
                .putItem(
                        put ->
                                put.tableName(table)
                                        .item(
                                                Map.of(
                                                        "list_owner", AttributeValue.fromS("of:a"),
                                                        "list_key", AttributeValue.fromS("short"),
                                                        "bound", AttributeValue.fromN("1"))));

        assertThatThrownBy(() -> list.read((_, _, _, _) -> {}))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("no entry: short");
        assertThat(list.version()).isEqualTo("0");
    }
}
