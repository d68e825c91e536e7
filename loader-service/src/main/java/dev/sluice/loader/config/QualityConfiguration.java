package dev.sluice.loader.config;

import com.zaxxer.hikari.HikariDataSource;

import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.loader.quality.KnownTypes;
import dev.sluice.loader.quality.QualityCheck;
import dev.sluice.loader.quality.QualityLoop;
import dev.sluice.loader.quality.QualityTiming;
import dev.sluice.loader.warehouse.WarehouseLoop;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.Reference;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;

/// The look at the quality of the data, by whoever leads.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(
        name = {"sluice.loader.warehouse.enabled", "sluice.loader.quality.enabled"},
        matchIfMissing = true)
@EnableConfigurationProperties({QualityProperties.class, PublishProperties.class})
class QualityConfiguration {

    /// From where the publish loop has them, which may be a task of its own.
    @Bean(initMethod = "start")
    Reference<KnownTypes> knownTypes(
            PublishProperties publish, ObjectStore objects, MeterRegistry meters) {
        return publish.contracts()
                .load(
                        "quality-contracts",
                        ContractCatalog.bundledFiles(),
                        objects,
                        (place, files) -> new KnownTypes(ContractCatalog.of(place, files)),
                        meters);
    }

    @Bean(initMethod = "start")
    QualityLoop qualityLoop(
            WarehouseLoop loop,
            HikariDataSource warehouseConnections,
            Reference<KnownTypes> knownTypes,
            QualityProperties properties,
            MeterRegistry meters) {
        QualityTiming timing = properties.timing();
        return new QualityLoop(
                loop::leads,
                new QualityCheck(warehouseConnections, knownTypes, properties.limits(), timing),
                knownTypes,
                timing,
                InstantSource.system(),
                meters);
    }
}
