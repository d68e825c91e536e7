package dev.sluice.loader.archive;

import dev.sluice.runtime.stream.SequenceNumber;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of an archive object: `raw/dt=2026-11-21/hour=10/<shard>/<first>-<last>.slc`. It holds
/// every frame of the shard from the first to the last.
///
/// @param partition `dt=2026-11-21/hour=10`, the hour in which its frames arrived
record ArchiveKey(String partition, String shard, SequenceNumber first, SequenceNumber last) {

    /// What every key starts with.
    static final String PREFIX = "raw/";

    /// Shard after shard, each in the order of its frames.
    static final Comparator<ArchiveKey> ORDER =
            Comparator.comparing(ArchiveKey::shard)
                    .thenComparing(ArchiveKey::first)
                    .thenComparing(ArchiveKey::last, Comparator.reverseOrder());

    private static final DateTimeFormatter PARTITION =
            DateTimeFormatter.ofPattern("'dt='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);

    private static final Pattern KEY =
            Pattern.compile(PREFIX + "(dt=[^/]+/hour=[^/]+)/([^/]+)/(\\d+)-(\\d+)\\.slc");

    ArchiveKey(Instant arrived, String shard, SequenceNumber first, SequenceNumber last) {
        this(PARTITION.format(arrived), shard, first, last);
    }

    /// @throws IllegalArgumentException if the key names no archive object
    static ArchiveKey parse(String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no name of an archive object: " + key);
        }
        return new ArchiveKey(
                matcher.group(1),
                matcher.group(2),
                SequenceNumber.of(matcher.group(3)),
                SequenceNumber.of(matcher.group(4)));
    }

    @Override
    public String toString() {
        return PREFIX + partition + "/" + shard + "/" + first + "-" + last + ".slc";
    }
}
