package dev.sluice.replay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.LocalTables;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoWorkItemsIT extends WorkItemsKit {

    private static LocalTables local;

    private WorkItems items;

    @BeforeAll
    static void start() {
        local = new LocalTables();
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @BeforeEach
    void create() {
        items = new DynamoWorkItems(local.client(), local.create(DynamoWorkItems::table), clock);
    }

    @Override
    WorkItems items() {
        return items;
    }

    @Test
    void aMissingTableIsASetupFailure() {
        assertThatThrownBy(() -> new DynamoWorkItems(local.client(), "none", clock).find("r"))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("none");
    }

    @Test
    void aStoreThatIsAwayIsATransientFailure() {
        try (DynamoDbClient away = LocalTables.unreachable()) {
            assertThatThrownBy(() -> new DynamoWorkItems(away, "table", clock).find("r"))
                    .isInstanceOf(TransientFailure.class);
        }
    }
}
