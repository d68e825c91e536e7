package dev.sluice.loader.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.LocalTables;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.leader.DynamoLockRecords;
import dev.sluice.runtime.leader.LockRecord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoPauseFlagIT extends PauseFlagKit {

    private static LocalTables local;

    private String table = "";

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
        table = local.create(DynamoLockRecords::table);
    }

    @Override
    protected PauseFlag flag() {
        return new DynamoPauseFlag(local.client(), table, "warehouse");
    }

    @Override
    protected PauseFlag sameFlag() {
        return flag();
    }

    @Test
    void leavesTheLeadersLockAlone() {
        DynamoLockRecords lock = new DynamoLockRecords(local.client(), table, "warehouse");
        LockRecord leader = new LockRecord("one", 3, 4, false);
        lock.replace(null, leader);
        flag().pause(ANN);
        flag().resume();

        assertThat(lock.read()).contains(leader);
        assertThat(new DynamoPauseFlag(local.client(), table, "other").read()).isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        PauseFlag nowhere = new DynamoPauseFlag(local.client(), "no-table", "warehouse");

        assertThatThrownBy(nowhere::read)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("no-table");
        assertThatThrownBy(() -> nowhere.pause(ANN)).isInstanceOf(SetupFailure.class);
        assertThatThrownBy(nowhere::resume).isInstanceOf(SetupFailure.class);
    }

    @Test
    void aTableThatIsAwayMayComeBack() {
        try (DynamoDbClient unreachable = LocalTables.unreachable()) {
            assertThatThrownBy(new DynamoPauseFlag(unreachable, table, "warehouse")::read)
                    .isInstanceOf(TransientFailure.class);
        }
    }
}
