package dev.sluice.enricher.ingress.geo;

import dev.sluice.enricher.process.geo.GeoDatabase;
import dev.sluice.enricher.process.geo.GeoDatabases;
import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Which databases are in use and how old they are. Always up: events go on without a place.
///
/// Gauges: `sluice.geo.databases` (0 is off) and `sluice.geo.age` (since the oldest in use was
/// made by its vendor; 0 when geo is off).
public final class GeoHealth implements HealthSource {

    private final Supplier<GeoDatabases> databases;

    public GeoHealth(
            Supplier<GeoDatabases> databases, InstantSource clock, MeterRegistry registry) {
        this.databases = databases;
        Gauge.builder("sluice.geo.databases", databases, now -> now.get().all().size())
                .register(registry);
        TimeGauge.builder(
                        "sluice.geo.age",
                        databases,
                        TimeUnit.MILLISECONDS,
                        now -> age(now.get(), clock).toMillis())
                .register(registry);
    }

    @Override
    public HealthReport health() {
        GeoDatabases now = databases.get();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("geo", now.isEmpty() ? "off" : "on");
        for (GeoDatabase database : now.all()) {
            details.put(database.file(), database.description());
        }
        return new HealthReport(true, now.problem(), details);
    }

    private static Duration age(GeoDatabases databases, InstantSource clock) {
        return databases.all().stream()
                .map(database -> Duration.between(database.builtAt(), clock.instant()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
