package dev.sluice.loader.archive;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of an archive object:
/// `raw/dt=2026-11-21/hour=10/<hash range>/<shard>/<first>-<last>.<held>.slc`. It holds every
/// frame of the shard from the first to the last. Kinesis' sequence numbers have 56 digits, so the
/// names of a shard sort as its frames do.
///
/// @param hour in which its frames arrived
/// @param range of the shard's hash keys, to the upper 64 bits of both ends: at least its own. Null
///     in names from before it was part of them
/// @param held from the lowest to the highest hash key of an event in it, to the upper 64 bits. It
///     may go beyond the shard's range: a frame that was made before a split has keys of both
///     halves. Null if it may be any: of an object with events that nobody could read, and in
///     names from before it was part of them
public record ArchiveKey(
        Instant hour,
        @Nullable HashRange range,
        ShardId shard,
        SequenceNumber first,
        SequenceNumber last,
        @Nullable HashRange held) {

    /// What every key starts with.
    public static final String PREFIX = "raw/";

    /// Shard after shard, each in the order of its frames.
    public static final Comparator<ArchiveKey> ORDER =
            Comparator.comparing((ArchiveKey key) -> key.shard().value())
                    .thenComparing(ArchiveKey::first)
                    .thenComparing(ArchiveKey::last, Comparator.reverseOrder());

    private static final String SUFFIX = ".slc";
    private static final String SIDECAR_SUFFIX = ".idx";

    private static final DateTimeFormatter PARTITION =
            DateTimeFormatter.ofPattern("'dt='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

    private static final Pattern KEY =
            Pattern.compile(
                    PREFIX
                            + "(dt=[^/]+/hour=[^/]+)/(?:([0-9a-f]{16})-([0-9a-f]{16})/)?"
                            + "([^/]+)/(\\d+)-(\\d+)"
                            + "(?:\\.([0-9a-f]{16})-([0-9a-f]{16}))?\\.slc");

    public ArchiveKey {
        hour = hour.truncatedTo(ChronoUnit.HOURS);
        range = range == null ? null : widened(range);
        held = held == null ? null : widened(held);
    }

    /// The object of that name; empty if it is no archive object's.
    ///
    /// @throws java.time.DateTimeException if it is one's but for its hour
    public static Optional<ArchiveKey> find(String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new ArchiveKey(
                        PARTITION.parse(matcher.group(1), ArchiveKey::hourOf),
                        range(matcher.group(2), matcher.group(3)),
                        new ShardId(matcher.group(4)),
                        SequenceNumber.of(matcher.group(5)),
                        SequenceNumber.of(matcher.group(6)),
                        range(matcher.group(7), matcher.group(8))));
    }

    /// @throws IllegalArgumentException if the key names no archive object
    public static ArchiveKey parse(String key) {
        return find(key)
                .orElseThrow(
                        () -> new IllegalArgumentException("no name of an archive object: " + key));
    }

    /// What the keys of an hour begin with.
    public static String prefix(Instant hour) {
        return PREFIX + PARTITION.format(hour) + "/";
    }

    /// What the keys of a shard's hour begin with.
    static String prefix(Instant hour, HashRange range, ShardId shard) {
        return prefix(hour) + text(range) + "/" + shard + "/";
    }

    /// Whether events with this hash may lie in the object.
    public boolean mayHold(HashKey key) {
        return held == null || held.contains(key);
    }

    /// Whether events with one of these hashes may lie in the object.
    public boolean mayHold(HashRange keys) {
        return held == null || held.overlaps(keys);
    }

    /// Whether the object holds this frame, if its shard has it.
    public boolean covers(SequenceNumber frame) {
        return first.compareTo(frame) <= 0 && frame.compareTo(last) <= 0;
    }

    /// The name of its sidecar.
    public String sidecar() {
        String object = toString();
        return object.substring(0, object.length() - SUFFIX.length()) + SIDECAR_SUFFIX;
    }

    @Override
    public String toString() {
        String folder = range == null ? prefix(hour) + shard + "/" : prefix(hour, range, shard);
        String keys = held == null ? "" : "." + text(held);
        return folder + first + "-" + last + keys + SUFFIX;
    }

    private static Instant hourOf(TemporalAccessor partition) {
        return LocalDate.from(partition)
                .atTime(partition.get(ChronoField.HOUR_OF_DAY), 0)
                .toInstant(ZoneOffset.UTC);
    }

    private static @Nullable HashRange range(@Nullable String first, @Nullable String last) {
        return first == null || last == null
                ? null
                : new HashRange(
                        new HashKey(Long.parseUnsignedLong(first, 16), 0),
                        new HashKey(Long.parseUnsignedLong(last, 16), -1));
    }

    private static HashRange widened(HashRange range) {
        return new HashRange(
                new HashKey(range.first().high(), 0), new HashKey(range.last().high(), -1));
    }

    private static String text(HashRange range) {
        return "%016x-%016x".formatted(range.first().high(), range.last().high());
    }
}
