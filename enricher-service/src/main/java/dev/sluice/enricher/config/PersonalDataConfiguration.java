package dev.sluice.enricher.config;

import dev.sluice.contracts.pii.EventRules;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.Reference;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the contracts say is personal.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PersonalDataProperties.class)
class PersonalDataConfiguration {

    @Bean(name = "contracts", initMethod = "start")
    Reference<EventRules> eventRules(
            PersonalDataProperties properties, ObjectStore objects, MeterRegistry meters) {
        return properties
                .contracts()
                .load(
                        "contracts",
                        ContractCatalog.bundledFiles(),
                        objects,
                        (place, files) -> new EventRules(ContractCatalog.of(place, files)),
                        meters);
    }
}
