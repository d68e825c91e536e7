package dev.sluice.local.kinesis;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/// One shard at one moment: its manifest, its log, its throughput. A reshard makes a new value
/// around the same log.
record Shard(ShardManifest manifest, ShardLog log, ShardThroughput throughput) {

    private static final String PREFIX = "shardId-";
    private static final int DIGITS = 12;

    static String idOf(int index) {
        return String.format(Locale.ROOT, "%s%0" + DIGITS + "d", PREFIX, index);
    }

    /// The index in a shard id; empty when the text is no shard id. The service also takes the bare
    /// digits.
    static Optional<Integer> indexOf(String id) {
        String digits = id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id;
        try {
            return digits.isEmpty() || digits.startsWith("-")
                    ? Optional.empty()
                    : Optional.of(Integer.parseInt(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    String id() {
        return idOf(manifest.index());
    }

    HashRange range() {
        return new HashRange(manifest.startingHashKey(), manifest.endingHashKey());
    }

    boolean isOpen() {
        return manifest.closedMillis() == null;
    }

    /// Whether it took records at `millis`.
    boolean wasOpenAt(long millis) {
        return manifest.createdMillis() <= millis && endedAtOrAfter(millis);
    }

    boolean endedAtOrAfter(long millis) {
        Long closed = manifest.closedMillis();
        return closed == null || closed >= millis;
    }

    boolean isChildOf(Shard other) {
        return isIndex(manifest.parent(), other) || isIndex(manifest.adjacentParent(), other);
    }

    private static boolean isIndex(@Nullable Integer index, Shard other) {
        return index != null && index == other.manifest.index();
    }

    SequenceNumber sequenceNumber(long offset) {
        return new SequenceNumber(manifest.createdMillis(), offset, manifest.index());
    }

    Shard with(ShardManifest changed) {
        return new Shard(changed, log, throughput);
    }
}
