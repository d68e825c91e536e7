package dev.sluice.validator.process.duplicate;

import com.sun.management.OperatingSystemMXBean;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.TenantId;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Ids per CPU second of this process, each hashed, looked up and added, while the ids seen grow to
/// twelve million, and then while as many fall out of the window as come; and the bytes of one.
///
/// `java -Xmx2g -cp <test class path> dev.sluice.validator.process.duplicate.SeenIdsThroughput`
final class SeenIdsThroughput {

    private static final int IDS = 12_000_000;
    private static final int PER_SECOND = 3_333;
    private static final int PER_SLICE = 10_000;
    private static final TenantId TENANT = new TenantId("shop");

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final EventKeys keys = new EventKeys();
    private long evicted;
    private final SeenIds seen =
            new SeenIds(Duration.ofHours(1), 512L << 20, ids -> evicted += ids);
    private int next;

    private SeenIdsThroughput() {}

    public static void main(String[] args) {
        new SeenIdsThroughput().run();
    }

    private void run() {
        System.out.printf("hash alone: %.0f/s%n", perCpuSecond(this::hash));
        for (int round = 1; round <= 3; round++) {
            double rate = perCpuSecond(this::add);
            System.out.printf(
                    "%s: %.0f/s, %d ids, %.1f bytes each, %d evicted%n",
                    round == 1 ? "growing" : "steady",
                    rate,
                    seen.size(),
                    seen.bytes() / (double) seen.size(),
                    evicted);
        }
        next -= IDS;
        System.out.printf("copies: %.0f/s%n", perCpuSecond(this::add));
    }

    private static double perCpuSecond(Runnable work) {
        long cpu = PROCESS.getProcessCpuTime();
        work.run();
        return IDS / ((PROCESS.getProcessCpuTime() - cpu) / 1e9);
    }

    private void hash() {
        long sum = 0;
        for (int i = 0; i < IDS; i++) {
            sum += keys.of(TENANT, id(i)).low();
        }
        System.out.println("(" + sum + ")");
    }

    private void add() {
        for (int i = 0; i < IDS; i++) {
            EventKey key = keys.of(TENANT, id(next));
            seen.add(key, (int) key.high(), next / PER_SECOND);
            next++;
            if (i % PER_SLICE == 0) {
                seen.commit();
            }
        }
        seen.commit();
    }

    /// As long as most are, and as cheap to make as it gets.
    private static EventId id(int number) {
        return new EventId("018f3b2c-7d1a-7b42-9c3e-" + (100_000_000_000L + number));
    }
}
