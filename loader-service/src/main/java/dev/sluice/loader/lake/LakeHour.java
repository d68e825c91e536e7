package dev.sluice.loader.lake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A partition of the lake: the events that happened in one hour.
///
/// @param start of the hour, in UTC
public record LakeHour(Instant start) implements Comparable<LakeHour> {

    private static final DateTimeFormatter PATH =
            DateTimeFormatter.ofPattern("'dt='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

    private static final Pattern IN_KEY =
            Pattern.compile("(?:^|/)dt=(\\d{4}-\\d\\d-\\d\\d)/hour=(\\d\\d)/");

    public LakeHour {
        start = start.truncatedTo(ChronoUnit.HOURS);
    }

    /// The hour that a key names; empty if it names none.
    public static Optional<LakeHour> of(String key) {
        Matcher found = IN_KEY.matcher(key);
        if (!found.find()) {
            return Optional.empty();
        }
        try {
            String start = found.group(1) + "T" + found.group(2) + ":00";
            return Optional.of(new LakeHour(LocalDateTime.parse(start).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// `dt=2026-11-21/hour=10`.
    public String path() {
        return PATH.format(start);
    }

    public Instant end() {
        return start.plus(1, ChronoUnit.HOURS);
    }

    @Override
    public int compareTo(LakeHour other) {
        return start.compareTo(other.start);
    }
}
