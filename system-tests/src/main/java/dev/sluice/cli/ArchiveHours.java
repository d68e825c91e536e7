package dev.sluice.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/// Which hours of the archive, by when frames arrived.
final class ArchiveHours {

    @Option(
            names = "--day",
            paramLabel = "DAY",
            description = "a day in UTC, 2026-11-21; instead of --from and --to")
    @Nullable LocalDate day;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "how long ago (2h) or when (2026-11-21T10:00:00Z); default: 1h")
    @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "before when; default: now")
    @Nullable Instant to;

    @Option(names = "--shard", paramLabel = "SHARD", description = "of this shard only")
    @Nullable String shard;

    private final InstantSource clock = InstantSource.system();

    Instant first() {
        if (day != null) {
            return day.atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        return from != null ? from : clock.instant().minus(Duration.ofHours(1));
    }

    /// Later than the first.
    ///
    /// @throws IllegalArgumentException if it would not be
    Instant end() {
        Instant end = clock.instant();
        if (day != null) {
            end = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        } else if (to != null) {
            end = to;
        }
        if (!first().isBefore(end)) {
            throw new IllegalArgumentException("--from has to be before --to");
        }
        return end;
    }

    /// The hours that lie in this time, in part or whole.
    List<Instant> hours() {
        Instant end = end();
        return Stream.iterate(
                        first().truncatedTo(ChronoUnit.HOURS),
                        hour -> hour.isBefore(end),
                        hour -> hour.plus(1, ChronoUnit.HOURS))
                .toList();
    }

    boolean wants(String shardId) {
        return shard == null || shard.equals(shardId);
    }
}
