package dev.sluice.runtime.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class LeaseLockTest extends LeaderLockKit {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final MemoryLockRecords records = new MemoryLockRecords();

    @Override
    protected LockRecords records() {
        return records;
    }

    @Test
    void whoTookTheLockAndNeverHeardSoIsTheLeaderAllTheSame() {
        LeaderLock lock = lock(NOW);
        records.loseAnswers();

        assertThat(lock.claim()).isPresent();
        assertThat(lock.claim()).isPresent();
    }

    @Test
    void aLockThatCannotBeReachedMakesNoLeader() {
        LeaderLock lock = lock(NOW);
        records.setAway(true);

        assertThatThrownBy(lock::claim).isInstanceOf(TransientFailure.class);
        assertThatThrownBy(lock::release).isInstanceOf(TransientFailure.class);
    }

    @Test
    void aLockWhoseRecordIsLostStartsWithANewerToken() {
        long before = lock(NOW).claim().orElseThrow().fence();
        LeaderLock anew =
                new LeaseLock(
                        new MemoryLockRecords(),
                        "other",
                        Duration.ofSeconds(1),
                        () -> NOW.plusSeconds(60));

        assertThat(anew.claim().orElseThrow().fence()).isGreaterThan(before);
    }

    private LeaderLock lock(Instant now) {
        return new LeaseLock(records, "one", Duration.ofSeconds(10), () -> now);
    }
}
