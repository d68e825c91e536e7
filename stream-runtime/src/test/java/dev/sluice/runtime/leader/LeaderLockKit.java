package dev.sluice.runtime.leader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// What every [LeaderLock] does, whatever its record is kept in.
public abstract class LeaderLockKit {

    private static final Duration LEASE = Duration.ofSeconds(10);

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    /// The records of a lock nobody has claimed yet: always the same ones within a test.
    protected abstract LockRecords records();

    @Test
    void oneOfTwoIsTheLeader() {
        LeaderLock one = lock();
        LeaderLock two = lock();

        assertThat(one.claim()).isPresent();
        assertThat(two.claim()).isEmpty();
    }

    @Test
    void aLeaderThatClaimsAgainKeepsItsTokenAndGetsAnotherLease() {
        LeaderLock one = lock();
        LeaderLock two = lock();
        long fence = one.claim().orElseThrow().fence();

        for (int i = 0; i < 5; i++) {
            now = now.plus(LEASE.dividedBy(2));
            assertThat(one.claim()).hasValue(new Leadership(fence, now.plus(LEASE)));
            assertThat(two.claim()).isEmpty();
        }
    }

    @Test
    void aLeaderThatIsSilentForALeaseLosesItToANewerToken() {
        LeaderLock one = lock();
        LeaderLock two = lock();
        Leadership first = one.claim().orElseThrow();
        two.claim();

        now = now.plus(LEASE);
        Optional<Leadership> second = two.claim();

        assertThat(first.holdsAt(now)).isFalse();
        assertThat(second).isPresent();
        assertThat(second.orElseThrow().fence()).isGreaterThan(first.fence());
        assertThat(one.claim()).isEmpty();
    }

    @Test
    void aLeaderThatReleasesIsFollowedAtOnce() {
        LeaderLock one = lock();
        LeaderLock two = lock();
        long first = one.claim().orElseThrow().fence();
        two.claim();

        one.release();

        assertThat(two.claim().orElseThrow().fence()).isGreaterThan(first);
        assertThat(one.claim()).isEmpty();
    }

    @Test
    void whoReleasesAndClaimsAgainHasANewToken() {
        LeaderLock one = lock();
        long first = one.claim().orElseThrow().fence();
        one.release();

        assertThat(one.claim().orElseThrow().fence()).isGreaterThan(first);
    }

    @Test
    void whoIsNotTheLeaderReleasesNothing() {
        LeaderLock one = lock();
        LeaderLock two = lock();
        one.claim();

        two.release();

        assertThat(two.claim()).isEmpty();
    }

    @Test
    void tokensGrowEvenWhenTheClockGoesBack() {
        LeaderLock one = lock();
        long first = one.claim().orElseThrow().fence();
        one.release();
        now = now.minus(Duration.ofDays(1));

        assertThat(lock().claim().orElseThrow().fence()).isGreaterThan(first);
    }

    @Test
    void ofManyThatClaimAtOnceOneGetsIt() throws Exception {
        List<LeaderLock> locks = IntStream.range(0, 8).mapToObj(_ -> lock()).toList();
        try (ExecutorService claims = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Leadership>>> answers =
                    locks.stream().map(lock -> claims.submit(lock::claim)).toList();
            int leaders = 0;
            for (Future<Optional<Leadership>> answer : answers) {
                leaders += answer.get().isPresent() ? 1 : 0;
            }
            assertThat(leaders).isEqualTo(1);
        }
    }

    private LeaderLock lock() {
        return new LeaseLock(records(), UUID.randomUUID().toString(), LEASE, () -> now);
    }
}
