package dev.sluice.enricher.forward;

import static dev.sluice.enricher.forward.ForwardRig.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.lines.LineBatch;
import dev.sluice.enricher.Fixtures;
import dev.sluice.runtime.bus.BusEvent;
import dev.sluice.runtime.bus.EventBus;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

class ForwardPipelineTest {

    private static final String SHARD = "shardId-000000000000";

    private final ForwardRig rig = new ForwardRig(100);

    @Test
    void putsDomainEventsOnTheBusAndThenCheckpoints() {
        rig.feed(event("e-1"), link(), event("e-2"));

        rig.consumer.runUntilIdle();

        assertThat(rig.log.lines())
                .containsExactly(
                        "event orders purchase_completed",
                        "event orders purchase_completed",
                        "checkpoint sluice-derived " + SHARD + " 1");
        assertThat(rig.bus.taken().getFirst())
                .isEqualTo(
                        new BusEvent(
                                "sluice",
                                "purchase_completed",
                                Fixtures.NOW,
                                """
                                {"id":"e-1/purchase_completed","tenant_id":"shop",\
                                "occurred_at":"2026-11-21T10:00:00.000000Z","total":4.5}\
                                """));
        assertThat(rig.count("forwarded")).isEqualTo(2);
    }

    @Test
    void putsSmallRecordsTogetherAndLargeOnesInSeveralPuts() {
        for (int i = 0; i < 7; i++) {
            rig.feed(event("a" + i), event("b" + i), event("c" + i));
        }
        rig.feed(IntStream.range(0, 250).mapToObj(i -> event("d" + i)).toArray(DomainEvent[]::new));

        rig.consumer.runUntilIdle();

        assertThat(rig.ids()).hasSize(271).doesNotHaveDuplicates();
    }

    @Test
    void putsAgainOnlyWhatFailed() {
        rig.feed(IntStream.range(0, 25).mapToObj(i -> event("e" + i)).toArray(DomainEvent[]::new));
        rig.bus.failNext(3, "ThrottlingException");

        assertThatThrownBy(rig.consumer::runUntilIdle)
                .isInstanceOf(TransientFailure.class)
                .hasMessage("bus orders: of 25 events failed {ThrottlingException=3}");
        assertThat(rig.ids()).hasSize(22).doesNotContain("e0", "e1", "e2");
        assertThat(rig.log.lines()).noneMatch(line -> line.startsWith("checkpoint"));

        rig.consumer.runUntilIdle();
        assertThat(rig.ids()).hasSize(25).doesNotHaveDuplicates().endsWith("e0", "e1", "e2");
        assertThat(rig.count("forwarded")).isEqualTo(25);
    }

    @Test
    void waitsForABusThatIsAwayAndLosesNothing() {
        rig.feed(event("e-1"));
        rig.bus.goAway();

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(TransientFailure.class);
        }
        rig.bus.heal();
        rig.feed(event("e-2"));
        rig.consumer.runUntilIdle();

        assertThat(rig.ids()).containsExactly("e-1", "e-2");
    }

    @Test
    void doesNotGoBackBehindASliceWhenALaterOneFails() {
        rig.feed(IntStream.range(0, 100).mapToObj(i -> event("a" + i)).toArray(DomainEvent[]::new));
        rig.feed(new byte[] {1, 2, 3});
        rig.objects.faults().goAway();

        assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(TransientFailure.class);
        assertThat(rig.ids()).hasSize(100);
        rig.objects.faults().heal();
        rig.consumer.runUntilIdle();

        assertThat(rig.ids()).hasSize(100).doesNotHaveDuplicates();
        assertThat(rig.count("forwarded")).isEqualTo(100);
    }

    @Test
    void saysThatABusDoesNotExistAndForwardsOnceItDoes() {
        rig.feed(event("e-1"));
        rig.bus.delete();

        assertThatThrownBy(rig.consumer::runUntilIdle)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("orders");
        rig.bus.heal();
        rig.consumer.runUntilIdle();
        assertThat(rig.ids()).containsExactly("e-1");
    }

    @Test
    void putsAgainWithTheSameIdsWhenAnAnswerIsLost() {
        rig.feed(event("e-1"), event("e-2"));
        rig.bus.loseNextAnswer();

        assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(TransientFailure.class);
        rig.consumer.runUntilIdle();

        assertThat(rig.ids()).containsExactly("e-1", "e-2", "e-1", "e-2");
        assertThat(rig.count("forwarded")).isEqualTo(2);
    }

    @Test
    void keepsADeadLetterOfWhatTheBusWillNeverTake() {
        String large = "{\"a\":\"" + "x".repeat(EventBus.MOST_BYTES) + "\"}";
        rig.feed(event("e-1"));
        rig.feed(event("e-2", large));
        rig.feed(event("e-3"));

        rig.consumer.runUntilIdle();

        String key = "dead-letters/domain-events/" + SHARD + "/2-0.json";
        assertThat(rig.ids()).containsExactly("e-1", "e-3");
        assertThat(rig.log.lines())
                .endsWith("publish s3://lake/" + key, "checkpoint sluice-derived " + SHARD + " 3");
        assertThat(new String(rig.objects.read(key).orElseThrow(), StandardCharsets.UTF_8))
                .startsWith(
                        """
                        [{"EventBusName":"orders","Source":"sluice",\
                        "DetailType":"purchase_completed","Time":"2026-11-21T10:00:00Z",\
                        "Detail":"{\\"id\\":\\"e-2/purchase_completed\\",""");
        assertThat(rig.count("refused")).isOne();
        assertThat(rig.count("forwarded")).isEqualTo(2);
    }

    @Test
    void acknowledgesNothingBeforeADeadLetterIsKept() {
        rig.feed(event("e-1", "{\"a\":\"" + "x".repeat(EventBus.MOST_BYTES) + "\"}"), event("e-2"));
        rig.objects.faults().goAway();

        assertThatThrownBy(rig.consumer::runUntilIdle).isInstanceOf(TransientFailure.class);
        assertThat(rig.log.lines()).noneMatch(line -> line.startsWith("checkpoint"));
        rig.objects.faults().heal();
        rig.consumer.runUntilIdle();

        assertThat(rig.ids()).as("not put again").containsExactly("e-2");
        assertThat(rig.count("refused")).isOne();
    }

    @Test
    void goesOnBehindARecordThatNobodyCanRead() {
        byte[] poison = {1, 2, 3};
        rig.feed(poison);
        rig.feed(event("e-1"));

        rig.consumer.runUntilIdle();

        assertThat(rig.ids()).containsExactly("e-1");
        assertThat(rig.objects.read("dead-letters/domain-events/" + SHARD + "/1.record"))
                .hasValue(poison);
        assertThat(rig.meters.get("sluice.domain.records.unreadable").counter().count()).isOne();
    }

    @Test
    void goesOnBehindADomainEventWithoutAnId() {
        rig.feed(
                LineBatch.encode(
                                List.of(
                                        "{\"kind\":\"domain_event\",\"type\":\"a\"}"
                                                .getBytes(StandardCharsets.UTF_8)))
                        .getFirst());
        rig.feed(event("e-1"));

        rig.consumer.runUntilIdle();

        assertThat(rig.ids()).containsExactly("e-1");
    }

    @Test
    void forwardsEachAtLeastOnceWhereverItDies() {
        assertThat(CrashAfterEachEffect.once(Line::new)).isGreaterThan(8);
        assertThat(CrashAfterEachEffect.twice(Line::new)).isGreaterThan(30);
    }

    /// What must not depend on crashes: the ids that the bus has, and the dead letters.
    private record Outcome(Set<String> ids, List<String> deadLetters) {}

    private static final class Line implements CrashAfterEachEffect.World {

        private final ForwardRig rig = new ForwardRig(2);

        Line() {
            rig.feed(event("e-1"), event("e-2"));
            rig.feed(event("e-3", "{\"a\":\"" + "x".repeat(EventBus.MOST_BYTES) + "\"}"));
            rig.feed(new byte[] {1, 2, 3});
            rig.feed(event("e-4"), event("e-5"), link());
            rig.feed(event("e-6"));
        }

        @Override
        public EffectLog log() {
            return rig.log;
        }

        @Override
        public void run() {
            rig.consumer.start();
            rig.consumer.runUntilIdle();
            rig.consumer.close();
        }

        @Override
        public void crash() {
            rig.consumer.crash();
        }

        @Override
        public Object outcome() {
            return new Outcome(
                    new TreeSet<>(rig.ids()),
                    rig.objects.list("dead-letters/").map(object -> object.key()).toList());
        }
    }

    private static IdentityLink link() {
        return new IdentityLink("shop", "anonymous", "a1", "p2", "p1", Fixtures.NOW, "e1", false);
    }
}
