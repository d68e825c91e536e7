package dev.sluice.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.crash.CrashAction.Freeze;
import dev.sluice.crash.CrashAction.Kill;
import dev.sluice.crash.CrashAction.KillBeside;
import dev.sluice.crash.CrashAction.Merge;
import dev.sluice.crash.CrashAction.Split;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class CrashScheduleTest {

    private static final List<String> TASKS =
            List.of(
                    "collector-1",
                    "collector-2",
                    "validator-1",
                    "validator-2",
                    "enricher-1",
                    "loader-1");

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertThat(schedule(7, 10)).isEqualTo(schedule(7, 10)).isNotEqualTo(schedule(8, 10));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 4711})
    void tenMinutesHoldTwentyKillsAndFourReshards(long seed) {
        CrashSchedule schedule = schedule(seed, 10);

        assertThat(schedule.count(Kill.class)).isGreaterThanOrEqualTo(20);
        assertThat(schedule.count(Split.class) + schedule.count(Merge.class))
                .isGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 4711})
    void aMinuteHoldsAKillOfEachServiceAndTwoReshards(long seed) {
        CrashSchedule schedule = schedule(seed, 1);

        assertThat(
                        all(schedule, Kill.class).stream()
                                .map(kill -> kill.task().replaceAll("-\\d", ""))
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("collector", "validator", "enricher", "loader");
        assertThat(schedule.count(Split.class) + schedule.count(Merge.class)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 4711})
    void aStreamKeepsOneToFourShards(long seed) {
        Map<String, Integer> open = new HashMap<>();
        for (CrashSchedule.Timed timed : schedule(seed, 60).actions()) {
            if (timed.action() instanceof Split split) {
                open.merge(split.stream(), 3, (now, first) -> now + 1);
            } else if (timed.action() instanceof Merge merge) {
                open.merge(merge.stream(), 1, (now, first) -> now - 1);
            }
            assertThat(open.values()).allMatch(shards -> shards >= 1 && shards <= 4);
        }
    }

    @Test
    void actionsComeInOrderAndWithinTheTraffic() {
        List<Duration> times =
                schedule(1, 5).actions().stream().map(CrashSchedule.Timed::at).toList();

        assertThat(times).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(times.getLast()).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void whatWorksBesideIsKilledAsWellAndServicesAsOften() {
        CrashSchedule alone = schedule(7, 5);
        CrashSchedule beside =
                CrashSchedule.of(
                        7,
                        Duration.ofMinutes(5),
                        TASKS,
                        Streams.ALL,
                        List.of("replay", "compaction"));

        assertThat(all(beside, KillBeside.class))
                .extracting(KillBeside::work)
                .contains("replay", "compaction")
                .hasSize(10);
        assertThat(alone.count(KillBeside.class)).isZero();
        assertThat(beside.count(Kill.class)).isEqualTo(alone.count(Kill.class));
    }

    @Test
    void aFrozenTaskLosesItsLeases() {
        assertThat(all(schedule(1, 60), Freeze.class))
                .allMatch(freeze -> freeze.time().compareTo(Duration.ofSeconds(5)) > 0);
    }

    private static CrashSchedule schedule(long seed, int minutes) {
        return CrashSchedule.of(seed, Duration.ofMinutes(minutes), TASKS, Streams.ALL);
    }

    private static <T extends CrashAction> List<T> all(CrashSchedule schedule, Class<T> kind) {
        return schedule.actions().stream()
                .map(CrashSchedule.Timed::action)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
