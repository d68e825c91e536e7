package dev.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fleet.FleetShape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The short form of `./sluice crash --everything`, some five minutes: `-Dsluice.long=true`.
// Another
/// seed: `-Dcrash.seed=7`.
@EnabledIfSystemProperty(named = "sluice.long", matches = "true")
class EverythingIT {

    private static final long SEED = Long.getLong("crash.seed", 5);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @Test
    void nothingIsLostOrTwiceWhileHoursAreCompactedAndReplayedBesideIt() throws Exception {
        CrashPlan plan =
                new CrashPlan(
                        SEED, Duration.ofSeconds(40), 150, data, new FleetShape(2, 1, 1, 2), true);
        List<String> said = new ArrayList<>();

        CrashReport report = new CrashRun(plan, said::add).run();

        report.print(said::add);
        assertThat(report.proven()).as(String.join("\n", said)).isTrue();
        assertThat(report.done()).containsKey("KillBeside");
        assertThat(report.load().account().totals().acknowledged()).isGreaterThan(4_000);
    }
}
