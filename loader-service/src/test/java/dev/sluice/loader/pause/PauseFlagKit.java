package dev.sluice.loader.pause;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

/// What every pause flag does.
abstract class PauseFlagKit {

    static final LoadPause ANN =
            new LoadPause("ann", Instant.parse("2026-11-21T10:00:00Z"), "vacuum");
    private static final LoadPause BEN = new LoadPause("ben", Instant.EPOCH, "");

    /// One that nobody has paused, seen by two tasks.
    protected abstract PauseFlag flag();

    protected abstract PauseFlag sameFlag();

    @Test
    void nothingIsPausedAtFirst() {
        assertThat(flag().read()).isEmpty();
        assertThat(flag().resume()).isEmpty();
    }

    @Test
    void aPauseIsSeenByAllUntilSomebodyResumes() {
        assertThat(flag().pause(ANN)).isEqualTo(ANN);
        assertThat(sameFlag().read()).contains(ANN);

        assertThat(sameFlag().resume()).contains(ANN);
        assertThat(flag().read()).isEmpty();
    }

    @Test
    void whoPausedFirstStands() {
        flag().pause(ANN);

        assertThat(sameFlag().pause(BEN)).isEqualTo(ANN);
        assertThat(flag().read()).contains(ANN);
    }
}
