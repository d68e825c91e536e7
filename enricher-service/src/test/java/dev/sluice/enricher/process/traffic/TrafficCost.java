package dev.sluice.enricher.process.traffic;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/// Nanoseconds of CPU for what brought a visitor, from addresses to channel, without the reading of
/// the body.
///
/// `java -cp <test class path> dev.sluice.enricher.process.traffic.TrafficCost`
final class TrafficCost {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final int EVENTS = 3_000_000;

    /// Page, referrer.
    private static final String[][] VISITS = {
        {"https://shop.example.com/p/1", "https://shop.example.com/list?page=2"},
        {"https://shop.example.com/p/1", ""},
        {"https://shop.example.com/p/1?color=red", "https://www.google.com/search?q=shoes"},
        {"https://shop.example.com/?utm_source=google&utm_medium=cpc&utm_campaign=a&gclid=Cj0", ""},
        {"https://shop.example.com/", "https://blog.other.org/post"},
    };

    private TrafficCost() {}

    public static void main(String[] args) {
        Referrers referrers = Referrers.bundled(50_000);
        ChannelRules rules = ChannelRules.bundled();
        for (int round = 1; round <= 3; round++) {
            for (String[] visit : VISITS) {
                System.out.printf(
                        "round %d: %s from '%s': %s, %.0f ns%n",
                        round,
                        visit[0],
                        visit[1],
                        channel(visit, referrers, rules),
                        nanos(visit, referrers, rules));
            }
        }
    }

    private static double nanos(String[] visit, Referrers referrers, ChannelRules rules) {
        long cpu = PROCESS.getProcessCpuTime();
        long letters = 0;
        for (int i = 0; i < EVENTS; i++) {
            letters += channel(visit, referrers, rules).length();
        }
        if (letters == 0) {
            throw new IllegalStateException("no channel has a name");
        }
        return (double) (PROCESS.getProcessCpuTime() - cpu) / EVENTS;
    }

    private static String channel(String[] visit, Referrers referrers, ChannelRules rules) {
        WebAddress page = WebAddress.of(visit[0]);
        WebAddress from = WebAddress.of(visit[1]);
        CampaignTags tags = CampaignTags.of(field -> null, page);
        return rules.channelOf(TrafficSource.of(tags, referrers.find(from, page), referrers));
    }
}
