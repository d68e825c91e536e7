package dev.sluice.loader.sink;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.TenantId;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/// Which events a sink gets. The first rule about an event decides; an event that no rule is about
/// is left out. Without any rule the sink gets everything.
///
/// A sample goes by the id of the event: a replay and every sink choose the same events, and a
/// larger share has those of a smaller one.
public record SinkRules(List<SinkRule> rules) {

    private static final double HASHES = 1L << Integer.SIZE;

    public SinkRules {
        rules = List.copyOf(rules);
    }

    boolean lets(TenantId tenant, String type, EventId event) {
        if (rules.isEmpty()) {
            return true;
        }
        for (SinkRule rule : rules) {
            if (rule.isAbout(tenant, type)) {
                return rule.sample() == 1 || share(event) < rule.sample();
            }
        }
        return false;
    }

    /// From 0 to less than 1, evenly. A checksum alone would tell ids that differ in a digit apart
    /// by less than chance does.
    private static double share(EventId event) {
        CRC32C checksum = new CRC32C();
        checksum.update(event.value().getBytes(StandardCharsets.UTF_8));
        int mixed = (int) checksum.getValue() * 0x9E3779B1;
        mixed ^= mixed >>> 15;
        mixed *= 0x85EBCA77;
        mixed ^= mixed >>> 13;
        return Integer.toUnsignedLong(mixed) / HASHES;
    }
}
