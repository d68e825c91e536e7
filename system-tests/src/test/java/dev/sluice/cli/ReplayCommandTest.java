package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.replay.ReplayPlan;
import dev.sluice.replay.Stage;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A replay that goes on makes the rows that it began to make.
class ReplayCommandTest {

    private static final ReplayPlan BEGUN =
            new ReplayPlan(
                    "r",
                    Instant.parse("2026-11-21T00:00:00Z"),
                    Instant.parse("2026-11-22T00:00:00Z"),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    3,
                    "demo",
                    null,
                    Stage.LOAD,
                    false,
                    Map.of("sluice.enricher.off", "traffic"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--from 2026-11-20",
                "--to 2026-11-23",
                "--tenant other",
                "--type purchase",
                "--stage validate",
                "--warm-up 3h",
                "--span 6h",
                "--dry-run",
                "--setting sluice.enricher.off=device",
                "--setting sluice.enricher.off=traffic --setting sluice.enricher.mode=other"
            })
    void refusesToGoOnWithWhatWouldMakeOtherRows(String other) {
        String option = other.split(" ", 2)[0];
        assertThatThrownBy(() -> resume(other))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("replay r did not begin with this " + option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--tasks 8 --rate 9 --most-lag 1m",
                "--tenant demo --warm-up 1h --span 2h --stage load",
                "--from 2026-11-21 --to 2026-11-22T00:00:00Z",
                "--setting sluice.enricher.off=traffic"
            })
    void goesOnWithWhatIsTheSameAndOtherTasksAndRate(String options) {
        assertThatCode(() -> resume(options)).doesNotThrowAnyException();
    }

    private static void resume(String options) {
        ReplayCommand command = new ReplayCommand();
        new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(("--resume r " + options).split(" ", -1));
        command.refuseOthers(BEGUN);
    }
}
