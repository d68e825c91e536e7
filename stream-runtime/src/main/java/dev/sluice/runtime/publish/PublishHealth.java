package dev.sluice.runtime.publish;

import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.stream.StreamName;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Whether a stream takes what is put: down when nothing was stored for a whole deadline of
/// failures.
final class PublishHealth {

    private static final long NEVER = -1;

    private final StreamName stream;
    private final PublisherConfig config;
    private final Timing timing;
    private long failingSince = NEVER;
    private String lastError = "";

    PublishHealth(StreamName stream, PublisherConfig config, Timing timing) {
        this.stream = stream;
        this.config = config;
        this.timing = timing;
    }

    synchronized void saw(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Stored stored -> {
                    failingSince = NEVER;
                    return;
                }
                case Outcome.Failed failed -> lastError = failed.code();
                case Outcome.Broken broken ->
                        lastError = String.valueOf(broken.cause().getMessage());
                case Outcome.Empty empty -> {
                    return;
                }
            }
        }
        if (failingSince == NEVER) {
            failingSince = timing.nanos();
        }
    }

    synchronized HealthReport report() {
        if (failingSince == NEVER) {
            return HealthReport.up(Map.of("stream", stream.value()));
        }
        Duration failing = Duration.ofNanos(timing.nanos() - failingSince);
        Map<String, String> details =
                Map.of("stream", stream.value(), "failing_for", failing.toString());
        return failing.compareTo(config.deadline()) < 0
                ? HealthReport.up(details)
                : HealthReport.down(
                        "stream %s takes no records; last error %s".formatted(stream, lastError),
                        details);
    }
}
