package dev.sluice.loader.compact;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;

/// `sluice.compact.hours{outcome=done|outrun|failed}`; of those done, `sluice.compact.bytes`,
/// `sluice.compact.time`, `sluice.compact.files{side=before|after}` and
/// `sluice.compact.rows{outcome=written|copy}`; `sluice.compact.deleted`, old files that went.
public final class CompactMetrics {

    private final MeterRegistry meters;
    private final Timer time;

    public CompactMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.time = meters.timer("sluice.compact.time");
    }

    void ended(Compaction compaction, Duration took) {
        switch (compaction) {
            case Compaction.Done done -> {
                count("hours", "outcome", "done", 1);
                count("files", "side", "before", done.filesBefore());
                count("files", "side", "after", done.files());
                count("rows", "outcome", "written", done.rows());
                count("rows", "outcome", "copy", done.rowsBefore() - done.rows());
                meters.counter("sluice.compact.bytes").increment((double) done.bytes());
                time.record(took);
            }
            case Compaction.Outrun _ -> count("hours", "outcome", "outrun", 1);
            case Compaction.Empty _ -> {}
        }
    }

    void failed() {
        count("hours", "outcome", "failed", 1);
    }

    void deleted(int files) {
        meters.counter("sluice.compact.deleted").increment(files);
    }

    private void count(String what, String tag, String value, long amount) {
        meters.counter("sluice.compact." + what, tag, value).increment((double) amount);
    }
}
