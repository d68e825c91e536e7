package dev.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fleet.FleetShape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The short form of `./sluice crash`. Another seed: `-Dcrash.seed=7`.
class CrashIT {

    private static final long SEED = Long.getLong("crash.seed", 3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @Test
    void everyAcknowledgedEventIsFoundOnceAfterKillsReshardsAndOutages() throws Exception {
        CrashPlan plan =
                new CrashPlan(SEED, Duration.ofSeconds(30), 300, data, new FleetShape(2, 2, 1, 1));
        List<String> said = new ArrayList<>();

        CrashReport report = new CrashRun(plan, said::add).run();

        report.print(said::add);
        assertThat(report.proven()).as(String.join("\n", said)).isTrue();
        assertThat(report.kills()).as("kills").isGreaterThanOrEqualTo(5);
        assertThat(report.reshards()).as("reshards").isGreaterThanOrEqualTo(2);
        assertThat(report.load().account().totals().acknowledged()).isGreaterThan(6_000);
    }
}
