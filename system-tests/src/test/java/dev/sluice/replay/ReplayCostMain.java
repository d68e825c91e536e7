package dev.sluice.replay;

import dev.sluice.contracts.event.SectionedEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// What a replay costs, from archived frames to files: checks, sessions, redaction, rows, Parquet;
/// without identities, devices and places, and with everything in memory. The first of three runs
/// warms up.
final class ReplayCostMain {

    private static final int FRAMES = 300;
    private static final int IN_A_FRAME = 100;
    private static final int DEVICES = 2_000;

    private ReplayCostMain() {}

    public static void main(String[] args) throws InterruptedException {
        for (int run = 0; run < 3; run++) {
            ReplayRig rig = new ReplayRig();
            Instant at = ReplayRig.TEN;
            for (int i = 0; i < FRAMES; i++) {
                at = at.plusSeconds(5);
                SectionedEvent[] events = new SectionedEvent[IN_A_FRAME];
                for (int j = 0; j < IN_A_FRAME; j++) {
                    int number = i * IN_A_FRAME + j;
                    events[j] = ReplayRig.event("e-" + number, "d-" + number % DEVICES, at);
                }
                rig.archive("shard-0", at, events);
            }
            ReplayPlan plan =
                    new ReplayPlan(
                            "cost",
                            ReplayRig.TEN,
                            at.plusSeconds(1),
                            Duration.ZERO,
                            Duration.ofHours(6),
                            1,
                            null,
                            null,
                            Stage.LOAD,
                            false,
                            Map.of());
            ItemCounts counts = rig.run(plan, 50_000).run(1, _ -> {});
            System.out.printf(
                    Locale.ROOT,
                    "%,d events, %,d rows, %,.0f events in a second of one core%n",
                    counts.read(),
                    counts.rows(),
                    counts.read() * 1e9 / counts.cpuNanos());
        }
    }
}
