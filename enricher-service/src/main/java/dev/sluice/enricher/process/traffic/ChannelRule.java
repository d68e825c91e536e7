package dev.sluice.enricher.process.traffic;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.regex.Pattern;

/// A channel, and when an event belongs to it. A condition that is null or empty always holds.
///
/// @param channel in snake case
/// @param tagged whether the link was tagged
/// @param classes one of which the source is
/// @param medium fits the whole medium, as do the others
/// @param clickIds one of which is there
record ChannelRule(
        String channel,
        @Nullable Boolean tagged,
        Set<SourceClass> classes,
        @Nullable Pattern medium,
        @Nullable Pattern source,
        @Nullable Pattern campaign,
        Set<ClickId> clickIds) {

    ChannelRule {
        classes = Set.copyOf(classes);
        clickIds = Set.copyOf(clickIds);
    }

    boolean isUnconditional() {
        return equals(new ChannelRule(channel, null, Set.of(), null, null, null, Set.of()));
    }

    boolean fits(TrafficSource visit) {
        return (tagged == null || tagged == visit.tagged())
                && (classes.isEmpty() || classes.contains(visit.sourceClass()))
                && (clickIds.isEmpty()
                        || visit.clickId() != null && clickIds.contains(visit.clickId()))
                && fits(medium, visit.medium())
                && fits(source, visit.source())
                && fits(campaign, visit.campaign());
    }

    private static boolean fits(@Nullable Pattern pattern, @Nullable String text) {
        return pattern == null || pattern.matcher(text == null ? "" : text).matches();
    }
}
