package dev.sluice.enricher.config;

import dev.sluice.enricher.ingress.geo.GeoHealth;
import dev.sluice.enricher.ingress.geo.GeoSource;
import dev.sluice.enricher.process.geo.CachedGeoLookup;
import dev.sluice.enricher.process.geo.GeoDatabases;
import dev.sluice.enricher.process.geo.GeoLookup;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.Reference;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;

/// Databases of places and the look-up in them.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GeoProperties.class)
class GeoConfiguration {

    @Bean(initMethod = "start")
    Reference<GeoDatabases> geoDatabases(
            GeoProperties properties, ObjectStore objects, MeterRegistry meters) {
        GeoSource source =
                new GeoSource(properties.files(objects), properties.spoolFolder(), meters);
        return Reference.load("geo", source, properties.timing(), InstantSource.system(), meters);
    }

    @Bean
    HealthSource geo(Reference<GeoDatabases> geoDatabases, MeterRegistry meters) {
        return new GeoHealth(geoDatabases, InstantSource.system(), meters);
    }

    @Bean
    GeoLookup geoLookup(
            Reference<GeoDatabases> geoDatabases, GeoProperties properties, MeterRegistry meters) {
        return new CachedGeoLookup(geoDatabases, properties.cacheSize(), meters);
    }
}
