package dev.sluice.enricher.process.device;

import com.sun.management.OperatingSystemMXBean;

import dev.sluice.enricher.Fixtures;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Nanoseconds of CPU for a user agent: looked for in the list of crawlers, read, found in the
/// cache, corrected by hints; and what a parser costs to make.
///
/// `java -cp <test class path> dev.sluice.enricher.process.device.DeviceCost`
final class DeviceCost {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ClientHints HINTS = new ClientHints(false, "Windows", "15.0.0", null);

    private static long sink;

    private DeviceCost() {}

    public static void main(String[] args) throws IOException {
        long cpu = PROCESS.getProcessCpuTime();
        UserAgentParser parser = new UserAgentParser();
        sink += parser.parse(Fixtures.IPHONE).hashCode();
        System.out.printf("first: %d ms%n", (PROCESS.getProcessCpuTime() - cpu) / 1_000_000);
        List<String> agents = agents();
        CrawlerList crawlers = CrawlerList.bundled();
        DeviceLookup lookup = Fixtures.devices();
        Device device = parser.parse(Fixtures.IPHONE);
        for (int round = 1; round <= 3; round++) {
            System.out.printf(
                    "round %d: list %.0f ns, list and uap %.0f ns, cached %.0f ns, hints %.0f ns%n",
                    round,
                    nanos(agents, 20, agent -> crawlers.names(agent) ? 1 : 0),
                    nanos(agents, 10, agent -> parser.parse(agent).hashCode()),
                    nanos(agents, 20_000, agent -> lookup.find(agent).deviceClass().length()),
                    nanos(agents, 20_000, agent -> HINTS.correct(device).hashCode()));
        }
        if (sink == 0) {
            throw new IllegalStateException("nothing was done");
        }
    }

    private interface Work {
        int of(String agent);
    }

    private static double nanos(List<String> agents, int times, Work work) {
        long cpu = PROCESS.getProcessCpuTime();
        for (int i = 0; i < times; i++) {
            for (String agent : agents) {
                sink += work.of(agent);
            }
        }
        return (double) (PROCESS.getProcessCpuTime() - cpu) / times / agents.size();
    }

    private static List<String> agents() throws IOException {
        try (InputStream in = DeviceCost.class.getResourceAsStream("/device/agents.txt")) {
            if (in == null) {
                throw new IllegalStateException("no /device/agents.txt");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.indexOf('|') > 0)
                    .map(line -> line.substring(line.indexOf('|') + 1))
                    .toList();
        }
    }
}
