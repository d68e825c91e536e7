package dev.sluice.day;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// The small form of `./sluice bench replay --events 2M`, some seven minutes: `-Dsluice.long=true`.
@EnabledIfSystemProperty(named = "sluice.long", matches = "true")
class ReplayDayIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @Test
    void aDayReplayedTwiceUnderLiveTrafficIsTheSameAndAChangeShowsWhereItBelongs()
            throws Exception {
        Instant to = Instant.now().truncatedTo(ChronoUnit.DAYS);
        DayPlan plan =
                new DayPlan(20_000, to.minus(Duration.ofDays(1)), to, 1, 200, 100, 0, 1, data);
        List<String> said = new ArrayList<>();

        DayReport report = new ReplayDay(plan, said::add).run();

        report.print(said::add);
        assertThat(report.proven()).as(String.join("\n", said)).isTrue();
    }
}
