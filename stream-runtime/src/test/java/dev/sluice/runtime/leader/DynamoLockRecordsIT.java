package dev.sluice.runtime.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.LocalTables;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Instant;
import java.util.UUID;

class DynamoLockRecordsIT extends LeaderLockKit {

    private static final LockRecord RECORD = LockRecord.first("one", Instant.ofEpochSecond(1));

    private static LocalTables local;
    private static String table;

    private final String name = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        local = new LocalTables();
        table = local.create(DynamoLockRecords::table);
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Override
    protected LockRecords records() {
        return new DynamoLockRecords(local.client(), table, name);
    }

    @Test
    void locksOfOneTableDoNotMeet() {
        LockRecords other = new DynamoLockRecords(local.client(), table, "other");

        assertThat(records().replace(null, RECORD)).isTrue();
        assertThat(other.read()).isEmpty();
        assertThat(records().read()).hasValue(RECORD);
    }

    @Test
    void writesNothingOverARecordItDidNotExpect() {
        records().replace(null, RECORD);

        assertThat(records().replace(null, RECORD.renewed())).isFalse();
        assertThat(records().replace(RECORD.renewed(), RECORD)).isFalse();
        assertThat(records().read()).hasValue(RECORD);
    }

    @Test
    void aMissingTableIsASetupFailureThatNamesLockAndTable() {
        LockRecords nowhere = new DynamoLockRecords(local.client(), "not-there", "warehouse");

        assertThatThrownBy(nowhere::read)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("lock warehouse in table not-there");
        assertThatThrownBy(() -> nowhere.replace(null, RECORD)).isInstanceOf(SetupFailure.class);
    }

    @Test
    void anUnreachableTableIsATransientFailure() {
        try (DynamoDbClient client = LocalTables.unreachable()) {
            LockRecords away = new DynamoLockRecords(client, "locks", "warehouse");

            assertThatThrownBy(away::read).isInstanceOf(TransientFailure.class);
            assertThatThrownBy(() -> away.replace(null, RECORD))
                    .isInstanceOf(TransientFailure.class);
        }
    }
}
