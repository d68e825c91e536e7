package dev.sluice.replay;

import dev.sluice.loader.publish.CuratedFiles;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A replay and its work items, which follow from it: whoever reads the plan makes the same items.
///
/// @param id names the replay and its files for ever: letters, digits and `-`
/// @param from the first arrival on the raw stream that is replayed
/// @param to the first after it that is not
/// @param warmUp for how long before an item its events are read to know what was known then
/// @param span of time that an item takes at most
/// @param parts into which the space of keys is cut, so that a device's events are in one part
/// @param tenant whose events become rows; null for all
/// @param eventType that become rows; null for all
/// @param stage how far events go
/// @param dryRun whether files are only compared with the table
/// @param settings in place of those that the services have
public record ReplayPlan(
        String id,
        Instant from,
        Instant to,
        Duration warmUp,
        Duration span,
        int parts,
        @Nullable String tenant,
        @Nullable String eventType,
        Stage stage,
        boolean dryRun,
        Map<String, String> settings) {

    private static final int KEY_BITS = 128;

    /// @throws IllegalArgumentException that names what is out of its bounds
    public ReplayPlan {
        settings = Map.copyOf(settings);
        if (!id.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("no id of a replay: " + id);
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from %s is not before to %s".formatted(from, to));
        }
        if (warmUp.isNegative() || !span.isPositive() || parts < 1 || parts > 4096) {
            throw new IllegalArgumentException(
                    "warm-up %s, span %s, parts %d: none of them may be negative, parts at most 4096"
                            .formatted(warmUp, span, parts));
        }
    }

    /// What keys of its files start with.
    String prefix() {
        return (dryRun ? DryRunFiles.PREFIX : CuratedFiles.REPLAYED_PREFIX) + id + "/";
    }

    /// In the order in which they are taken; numbered from 0.
    List<WorkItem> items() {
        List<WorkItem> items = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); at = at.plus(span)) {
            Instant end = at.plus(span).isBefore(to) ? at.plus(span) : to;
            for (int part = 0; part < parts; part++) {
                items.add(new WorkItem(items.size(), range(part), at, end));
            }
        }
        return items;
    }

    private HashRange range(int part) {
        return new HashRange(
                bound(part),
                part == parts - 1 ? HashKey.MAX : key(edge(part + 1).subtract(BigInteger.ONE)));
    }

    private HashKey bound(int part) {
        return key(edge(part));
    }

    private BigInteger edge(int part) {
        return BigInteger.ONE
                .shiftLeft(KEY_BITS)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(parts));
    }

    private static HashKey key(BigInteger value) {
        return HashKey.ofDecimal(value.toString());
    }
}
