package dev.sluice.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class DryRunFilesTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private Instant now = START;
    private final MemoryObjectStore objects =
            new MemoryObjectStore("bucket", () -> now, new EffectLog());

    @Test
    void sweepsWhatADeadDryRunLeftADayAgoAndNothingElse() {
        write("replayed/dry-runs/dead/dt=2026-11-20/hour=10/a.parquet");
        write("replayed/dry-runs/slow/dt=2026-11-20/hour=10/a.parquet");
        write("replayed/events/real/dt=2026-11-20/hour=10/a.parquet");
        write("curated/events/dt=2026-11-20/hour=10/a.parquet");
        now = START.plus(Duration.ofHours(20));
        write("replayed/dry-runs/slow/dt=2026-11-20/hour=11/b.parquet");

        assertThat(new DryRunFiles(objects).sweep(START.plus(Duration.ofHours(24)))).isZero();
        assertThat(new DryRunFiles(objects).sweep(START.plus(Duration.ofHours(25)))).isOne();

        try (var left = objects.list("")) {
            assertThat(left)
                    .extracting(file -> file.key().split("/", -1)[2])
                    .containsExactlyInAnyOrder("dt=2026-11-20", "slow", "slow", "real");
        }
    }

    private void write(String key) {
        objects.write(key, new byte[] {1});
    }
}
