package dev.sluice.loader.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.dynamodb.DynamoDbFaultRule;
import dev.sluice.runtime.LocalTables;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

class DynamoLoadQueueIT extends LoadQueueKit {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-21T11:00:00Z"));

    private static LocalTables local;

    private LoadQueue queue;

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
        queue = new DynamoLoadQueue(local.client(), local.create(DynamoLoadQueue::table), CLOCK);
    }

    @Override
    protected LoadQueue queue() {
        return queue;
    }

    @Test
    void keepsNoHistoryToLookThrough() {
        String table = local.create(DynamoLoadQueue::table);
        LoadQueue emptied = new DynamoLoadQueue(local.client(), table, CLOCK);
        emptied.add(file("a", 1));
        emptied.remove(List.of(file("a", 1)));

        assertThat(local.client().scan(request -> request.tableName(table)).items()).isEmpty();
    }

    @Test
    void saysWhenAFileWasSetAside() {
        queue.add(file("a", 1));
        queue.setAside(file("a", 1), "no object");

        assertThat(queue.blocked(1))
                .extracting(BlockedFile::since)
                .containsExactly(CLOCK.instant());
    }

    @Test
    void manyFilesAreOneRequest() {
        List<LoadFile> files = IntStream.range(0, 100).mapToObj(i -> file("f" + i, i)).toList();
        local.faults()
                .add(DynamoDbFaultRule.always(DynamoDbFaultRule.Kind.FAIL).onOperation("PutItem"));
        try {
            queue.add(files);
        } finally {
            local.faults().clear();
        }

        assertThat(queue.oldest(200)).hasSize(100);
    }

    @Test
    void anAnswerThatIsLostAddsEveryFileOnce() {
        local.faults()
                .add(
                        DynamoDbFaultRule.always(DynamoDbFaultRule.Kind.DROP_ANSWER)
                                .onOperation("TransactWriteItems")
                                .times(1));
        try {
            queue.add(List.of(file("a", 1), file("b", 2)));
        } finally {
            local.faults().clear();
        }

        assertThat(queue.oldest(10)).containsExactly(file("a", 1), file("b", 2));
    }

    @Test
    void aTableThatIsThrottledIsATransientFailure() {
        local.faults().add(DynamoDbFaultRule.always(DynamoDbFaultRule.Kind.THROTTLE));
        try {
            List<LoadFile> files = List.of(file("a", 1), file("b", 2));
            assertThatThrownBy(() -> queue.add(files)).isInstanceOf(TransientFailure.class);
            assertThatThrownBy(() -> queue.remove(files)).isInstanceOf(TransientFailure.class);
        } finally {
            local.faults().clear();
        }
    }

    @Test
    void aMissingTableIsASetupFailureThatNamesIt() {
        LoadQueue nowhere = new DynamoLoadQueue(local.client(), "not-there", CLOCK);

        assertThatThrownBy(() -> nowhere.add(file("a", 1)))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("table not-there");
        assertThatThrownBy(() -> nowhere.add(List.of(file("a", 1), file("b", 2))))
                .isInstanceOf(SetupFailure.class);
        assertThatThrownBy(() -> nowhere.oldest(1)).isInstanceOf(SetupFailure.class);
        assertThatThrownBy(() -> nowhere.remove(List.of(file("a", 1))))
                .isInstanceOf(SetupFailure.class);
        assertThatThrownBy(() -> nowhere.setAside(file("a", 1), "why"))
                .isInstanceOf(SetupFailure.class);
        assertThatThrownBy(nowhere::depth).isInstanceOf(SetupFailure.class);
    }

    @Test
    void anUnreachableTableIsATransientFailure() {
        try (DynamoDbClient client = LocalTables.unreachable()) {
            LoadQueue away = new DynamoLoadQueue(client, "queue", CLOCK);

            assertThatThrownBy(() -> away.add(file("a", 1)))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("table queue");
        }
    }
}
