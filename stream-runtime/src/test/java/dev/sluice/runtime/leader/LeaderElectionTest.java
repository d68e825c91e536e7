package dev.sluice.runtime.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

class LeaderElectionTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration SOON = Duration.ofMinutes(1);

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final InstantSource clock = now::get;
    private final MemoryLockRecords records = new MemoryLockRecords();
    private final List<LeaderElection> started = new ArrayList<>();

    @AfterEach
    void stop() {
        records.setAway(false);
        started.forEach(LeaderElection::close);
    }

    @Test
    void staysTheLeaderOverManyLeaseTimes() {
        LeaderElection one = start("one");
        await().atMost(SOON).until(() -> one.claim().isPresent());
        long fence = one.claim().orElseThrow().fence();

        for (int i = 0; i < 5; i++) {
            Instant later = now.updateAndGet(time -> time.plus(LEASE.dividedBy(2)));
            await().atMost(SOON)
                    .until(() -> one.claim().orElseThrow().until().equals(later.plus(LEASE)));
        }
        assertThat(one.claim().orElseThrow().fence()).isEqualTo(fence);
    }

    @Test
    void isNotTheLeaderAnyMoreOnceItsLeaseLapsedWithoutAnAnswer() {
        LeaderElection one = start("one");
        await().atMost(SOON).until(() -> one.claim().isPresent());

        records.setAway(true);
        await().atMost(SOON).until(() -> !one.problem().isEmpty());
        assertThat(one.claim()).as("within its lease").isPresent();
        now.updateAndGet(time -> time.plus(LEASE));
        assertThat(one.claim()).isEmpty();
        assertThat(one.problem()).isEqualTo("the lock is away");

        records.setAway(false);
        await().atMost(SOON).until(() -> one.claim().isPresent());
        assertThat(one.problem()).isEmpty();
    }

    @Test
    void handsOverWhenItCloses() {
        LeaderElection one = start("one");
        await().atMost(SOON).until(() -> one.claim().isPresent());
        long fence = one.claim().orElseThrow().fence();
        LeaderElection two = start("two");

        one.close();

        assertThat(one.claim()).isEmpty();
        await().atMost(SOON).until(() -> two.claim().isPresent());
        assertThat(two.claim().orElseThrow().fence()).isGreaterThan(fence);
    }

    @Test
    void closesWhenItNeverStarted() {
        LeaderElection idle =
                new LeaderElection(new LeaseLock(records, "idle", LEASE, clock), OFTEN, clock);

        idle.close();

        assertThat(idle.claim()).isEmpty();
    }

    private LeaderElection start(String owner) {
        LeaderElection election =
                new LeaderElection(new LeaseLock(records, owner, LEASE, clock), OFTEN, clock);
        started.add(election);
        election.start();
        return election;
    }
}
