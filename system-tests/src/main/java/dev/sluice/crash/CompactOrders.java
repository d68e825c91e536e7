package dev.sluice.crash;

import dev.sluice.loader.lake.LakeHour;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// Compactions of the hour under way, which is never over when a loader looks at it.
final class CompactOrders implements Beside.Orders {

    private static final Duration PAUSE = Duration.ofSeconds(8);

    private final Path data;
    private int done;

    CompactOrders(Path data) {
        this.data = data;
    }

    @Override
    public List<String> next() {
        Instant hour = new LakeHour(Instant.now()).start();
        String name = LocalDateTime.ofInstant(hour, ZoneOffset.UTC).toString().substring(0, 13);
        return List.of("compact", "--data", data.toString(), "--hour", name, "--memory-mb", "8");
    }

    @Override
    public void ended(int exitCode, String said) {
        done += exitCode == 0 && said.contains(" copies dropped") ? 1 : 0;
    }

    @Override
    public boolean isUnfinished() {
        return false;
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    /// How many have swapped files.
    int done() {
        return done;
    }
}
