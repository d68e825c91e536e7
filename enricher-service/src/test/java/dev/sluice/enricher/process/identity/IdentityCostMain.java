package dev.sluice.enricher.process.identity;

import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.EventView;
import dev.sluice.runtime.memory.MemoryIdentityStore;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/// CPU of the enrichment for an event whose ids the cache has, of 4000 events a slice: half with a
/// user, and as many events for each device as is said.
///
/// `java -cp <test class path> dev.sluice.enricher.process.identity.IdentityCostMain`
final class IdentityCostMain {

    private static final int SLICE = 4_000;
    private static final int ROUNDS = 400;

    private IdentityCostMain() {}

    public static void main(String[] args) {
        for (int perDevice : new int[] {1, 4, 20, 1, 4, 20}) {
            System.out.printf("%d events a device: %.2f us%n", perDevice, micros(perDevice));
        }
    }

    private static double micros(int perDevice) {
        IdentityEnrichment identity =
                Fixtures.identity(new MemoryIdentityStore(), new SimpleMeterRegistry());
        List<EventView> slice = new ArrayList<>();
        for (int i = 0; i < SLICE; i++) {
            String device = "5f1c-device-" + i / perDevice;
            boolean signedIn = i / perDevice % 2 == 0;
            slice.add(Shop.event(i, device, signedIn ? "user-" + i / perDevice : null));
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int i = 0; i < ROUNDS / 4; i++) {
            identity.prepare(slice);
        }
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < ROUNDS; i++) {
            identity.prepare(slice);
        }
        return (threads.getCurrentThreadCpuTime() - start) / 1e3 / SLICE / ROUNDS;
    }
}
