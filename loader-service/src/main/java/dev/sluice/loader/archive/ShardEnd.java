package dev.sluice.loader.archive;

import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The end of a shard, as the archive notes it before the shard's children are read: an empty
/// object whose name says all,
/// `raw/dt=2026-11-21/hour=10/<hash range>/<shard>/<last>.end`. Written again after a crash it may
/// stand in two hours, and says the same.
///
/// @param last frame of the shard; null if it never had one
public record ShardEnd(ShardId shard, @Nullable SequenceNumber last) {

    private static final String NONE = "none";

    private static final Pattern KEY =
            Pattern.compile(
                    ArchiveKey.PREFIX + "dt=[^/]+/hour=[^/]+/[0-9a-f-]+/([^/]+)/(\\d+|none)\\.end");

    /// The end that an object of that name notes; empty if it notes none.
    public static Optional<ShardEnd> find(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches()
                ? Optional.of(
                        new ShardEnd(new ShardId(matcher.group(1)), sequence(matcher.group(2))))
                : Optional.empty();
    }

    /// @param hour in which it is noted
    String key(Instant hour, HashRange range) {
        return ArchiveKey.prefix(hour, range, shard) + (last == null ? NONE : last) + ".end";
    }

    private static @Nullable SequenceNumber sequence(String text) {
        return text.equals(NONE) ? null : SequenceNumber.of(text);
    }
}
