package dev.sluice.enricher.process.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import com.sun.management.OperatingSystemMXBean;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Nanoseconds of CPU for a look-up: of addresses that come again as visitors do (20 000 of them,
/// by Zipf's law), with a cache and as good as without, and of addresses that never come again.
///
/// `java -cp <test class path> dev.sluice.enricher.process.geo.GeoCost <folder with *.mmdb>`
final class GeoCost {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final int VISITORS = 20_000;
    private static final int LOOKUPS = 2_000_000;

    private GeoCost() {}

    public static void main(String[] args) throws IOException {
        GeoDatabases databases = open(Path.of(args[0]));
        String[] returning = zipf();
        String[] fresh = new String[LOOKUPS];
        Random random = new Random(2);
        for (int i = 0; i < LOOKUPS; i++) {
            fresh[i] = address(random);
        }
        for (int round = 1; round <= 3; round++) {
            System.out.printf(
                    "round %d: returning, cache %.0f ns; returning, cache of 1 %.0f ns; fresh,"
                            + " cache %.0f ns%n",
                    round,
                    nanos(databases, 100_000, returning),
                    nanos(databases, 1, returning),
                    nanos(databases, 100_000, fresh));
        }
    }

    private static double nanos(GeoDatabases databases, int cacheSize, String[] addresses) {
        CachedGeoLookup lookup =
                new CachedGeoLookup(() -> databases, cacheSize, new SimpleMeterRegistry());
        long cpu = PROCESS.getProcessCpuTime();
        int known = 0;
        for (String address : addresses) {
            GeoPlace place = lookup.find(address);
            known += place != null && place.country() != null ? 1 : 0;
        }
        long spent = PROCESS.getProcessCpuTime() - cpu;
        if (known == 0) {
            throw new IllegalStateException("no address was known");
        }
        return (double) spent / addresses.length;
    }

    private static String[] zipf() {
        Random random = new Random(1);
        String[] visitors = new String[VISITORS];
        double[] upTo = new double[VISITORS];
        double sum = 0;
        for (int i = 0; i < VISITORS; i++) {
            visitors[i] = address(random);
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        String[] addresses = new String[LOOKUPS];
        for (int i = 0; i < LOOKUPS; i++) {
            int at = java.util.Arrays.binarySearch(upTo, random.nextDouble() * sum);
            // Each event brings a text of its own.
            addresses[i] = new String(visitors[at < 0 ? -at - 1 : at].toCharArray());
        }
        return addresses;
    }

    private static String address(Random random) {
        return "%d.%d.%d.%d"
                .formatted(
                        1 + random.nextInt(222),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256));
    }

    private static GeoDatabases open(Path folder) throws IOException {
        List<GeoDatabase> databases = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".mmdb")) {
                    long started = System.nanoTime();
                    databases.add(
                            GeoDatabase.verified(
                                    file.getFileName().toString(),
                                    new Reader(
                                            file.toFile(),
                                            Reader.FileMode.MEMORY_MAPPED,
                                            new CHMCache(65_536))));
                    System.out.printf(
                            "%s verified in %d ms%n",
                            databases.getLast(), (System.nanoTime() - started) / 1_000_000);
                }
            }
        }
        return GeoDatabases.of(databases, "");
    }
}
