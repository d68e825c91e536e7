package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.ShardId;

import org.junit.jupiter.api.Test;

import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.exceptions.DependencyException;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class TakenLeaseTest {

    private final Lease child = lease("child");

    @Test
    void knowsTheRangeOfItsShard() {
        child.hashKeyRange(new HashKeyRangeForLease(BigInteger.TWO, BigInteger.TEN));

        assertThat(taken(Map.of()).range())
                .isEqualTo(new HashRange(new HashKey(0, 2), new HashKey(0, 10)));
    }

    @Test
    void takesAllThereIsForTheRangeThatALeaseLacks() {
        assertThat(taken(Map.of()).range()).isEqualTo(HashRange.ALL);
    }

    @Test
    void knowsTheParentsThatWereRead() {
        child.parentShardIds(List.of("b", "a", "gone"));

        assertThat(taken(Map.of("a", lease("a"), "b", lease("b"))).parents())
                .containsExactly(new ShardId("a"), new ShardId("b"));
    }

    @Test
    void doesNotTakeATableOutOfReachForParentsThatWereNotRead() {
        child.parentShardIds(List.of("a"));
        TakenLease taken =
                new TakenLease(
                        child,
                        key -> child,
                        key -> {
                            throw new DependencyException(new IllegalStateException("away"));
                        });

        assertThatThrownBy(taken::parents)
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("lease of a, parent of child");
    }

    @Test
    void isAnotherOneWhenItWasLostAndTakenAgain() {
        assertThat(taken(Map.of()).isHeld()).isTrue();
        assertThat(new TakenLease(child, key -> lease(key), key -> null).isHeld()).isFalse();
        assertThat(new TakenLease(child, key -> null, key -> null).isHeld()).isFalse();
    }

    private TakenLease taken(Map<String, Lease> table) {
        return new TakenLease(child, key -> child, table::get);
    }

    private static Lease lease(String key) {
        Lease lease = new Lease();
        lease.leaseKey(key);
        lease.concurrencyToken(UUID.randomUUID());
        return lease;
    }
}
