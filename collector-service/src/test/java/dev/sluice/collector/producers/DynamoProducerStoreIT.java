package dev.sluice.collector.producers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.LocalTables;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoProducerStoreIT extends ProducerStoreKit {

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
    ProducerStore store() {
        return new DynamoProducerStore(local.client(), local.create(DynamoProducerStore::table));
    }

    @Test
    void saysWhichTableIsNotThere() {
        assertThatThrownBy(() -> new DynamoProducerStore(local.client(), "nowhere").all())
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void saysThatATableCannotBeReached() {
        try (DynamoDbClient client = LocalTables.unreachable()) {
            assertThatThrownBy(() -> new DynamoProducerStore(client, "keys").all())
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("keys");
        }
    }
}
