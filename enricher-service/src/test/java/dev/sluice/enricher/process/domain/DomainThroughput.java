package dev.sluice.enricher.process.domain;

import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.process.Switches;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/// CPU time of an event whose type has no rule, and of one that becomes a `purchase_completed`.
///
/// `java -cp <test class path> dev.sluice.enricher.process.domain.DomainThroughput`
final class DomainThroughput {

    private static final int ROUNDS = 5;
    private static final String ENRICHED =
            "{\"person_id\":\"p-1\",\"session\":{\"id\":\"s-9\"},\"device\":{\"is_bot\":false}}";

    private DomainThroughput() {}

    public static void main(String[] arguments) {
        String products = "{\"product_id\":\"P-1\",\"name\":\"Trail Runner 5\",\"price\":119.95},";
        String properties =
                "{\"order_id\":\"O-118\",\"total\":143.9,\"currency\":\"EUR\",\"note\":\"%s\",\"products\":[%s]}"
                        .formatted("x".repeat(1500), products.repeat(5).replaceAll(",$", ""));
        SectionedEvent view = DomainFixtures.event("e-1", "page_view", properties, ENRICHED);
        SectionedEvent purchase = DomainFixtures.event("e-2", "purchase", properties, ENRICHED);
        for (int round = 0; round < ROUNDS; round++) {
            System.out.printf(
                    Locale.ROOT,
                    "no rule %.3f us, purchase of %d bytes %.1f us%n",
                    micros(view, 5_000_000),
                    purchase.body().length(),
                    micros(purchase, 100_000));
        }
    }

    private static double micros(SectionedEvent event, int times) {
        DomainEvents events =
                new DomainEvents(
                        DomainFixtures.defaults(), Switches.ALL_ON, new SimpleMeterRegistry());
        EventEnvelope envelope = EventEnvelope.of(event);
        var threads = ManagementFactory.getThreadMXBean();
        long made = 0;
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            made += events.of(envelope, event).size();
        }
        double nanos = threads.getCurrentThreadCpuTime() - before;
        if (made != 0 && made != times) {
            throw new AssertionError("made " + made);
        }
        return nanos / times / 1000;
    }
}
