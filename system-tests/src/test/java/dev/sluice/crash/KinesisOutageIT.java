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

/// The short form of `./sluice crash --outage kinesis --door --duration 60s --rate 2000`:
/// senders get their answer in time, memory stays flat, and what was answered 200 is in the
/// warehouse, once.
class KinesisOutageIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    @Test
    void answersInTimeAndLosesNothingWhileKinesisIsAway() throws Exception {
        CrashPlan plan = new CrashPlan(4, Duration.ofSeconds(20), 1000, data, FleetShape.SINGLES);
        List<String> said = new ArrayList<>();

        List<Finding> findings =
                new OutageRun(plan, Outage.KINESIS, OutageRun.Range.DOOR, said::add).run();

        assertThat(findings)
                .as(String.join("\n", said))
                .hasSizeGreaterThan(6)
                .allMatch(Finding::holds);
    }
}
