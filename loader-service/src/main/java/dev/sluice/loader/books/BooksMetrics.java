package dev.sluice.loader.books;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The meters of the books, those of a task that does not lead at zero:
/// `sluice.books.imbalance`, events missing or too many in minutes that should balance;
/// `sluice.books.imbalance.minutes`, how many such minutes;
/// `sluice.books.copy.age`, how long ago the last copy of pages began;
/// `sluice.books.pages`, pages copied;
/// `sluice.books.pages.left.out`, how often a page was not, since the warehouse cannot hold its
/// minute;
/// `sluice.books.failures{step=copy|check|prune}`, turns that threw.
final class BooksMetrics {

    private final MeterRegistry registry;
    private final Counter pages;
    private final Counter leftOut;

    BooksMetrics(MeterRegistry registry, Supplier<Balance> balance, Supplier<Duration> age) {
        this.registry = registry;
        pages = registry.counter("sluice.books.pages");
        leftOut = registry.counter("sluice.books.pages.left.out");
        for (String step : new String[] {"copy", "check", "prune"}) {
            registry.counter("sluice.books.failures", "step", step);
        }
        Gauge.builder("sluice.books.imbalance", () -> balance.get().events()).register(registry);
        Gauge.builder("sluice.books.imbalance.minutes", () -> balance.get().minutes())
                .register(registry);
        TimeGauge.builder(
                        "sluice.books.copy.age", () -> age.get().toMillis(), TimeUnit.MILLISECONDS)
                .register(registry);
    }

    void copied(BooksCopy.Copied copied) {
        pages.increment((double) copied.pages());
        leftOut.increment((double) copied.leftOut());
    }

    void failed(String step) {
        registry.counter("sluice.books.failures", "step", step).increment();
    }
}
