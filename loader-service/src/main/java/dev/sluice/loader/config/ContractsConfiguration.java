package dev.sluice.loader.config;

import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.Reference;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// How events become rows, for whatever makes rows of them.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublishProperties.class)
class ContractsConfiguration {

    @Bean(name = "contracts", initMethod = "start")
    Reference<EventRows> eventRows(
            PublishProperties properties, ObjectStore objects, MeterRegistry meters) {
        return properties
                .contracts()
                .load(
                        "contracts",
                        ContractCatalog.bundledFiles(),
                        objects,
                        (place, files) -> EventRows.of(ContractCatalog.of(place, files)),
                        meters);
    }
}
