package dev.sluice.traffic.load;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Times in microseconds, to three digits. Any thread records, one reads.
final class Latencies {

    private static final long LONGEST_MICROS = 3_600_000_000L;

    private final Recorder recorder = new Recorder(LONGEST_MICROS, 3);
    private final Histogram all = new Histogram(LONGEST_MICROS, 3);

    void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos / 1_000, 0, LONGEST_MICROS));
    }

    /// What was recorded since the last call.
    LatencySummary sinceLast() {
        Histogram interval = recorder.getIntervalHistogram();
        all.add(interval);
        return LatencySummary.of(interval);
    }

    LatencySummary all() {
        all.add(recorder.getIntervalHistogram());
        return LatencySummary.of(all);
    }
}
