package dev.sluice.loader.config;

import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.runtime.config.KclConfiguration;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.Reference;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// What all sinks share.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuarantineProperties.class)
@Import({KclConfiguration.class, ContractsConfiguration.class, SuppressionConfiguration.class})
class SinksConfiguration {

    @Bean
    SinkConsumers sinkConsumers(
            KclConsumers consumers,
            Reference<EventRows> eventRows,
            Reference<SuppressionList> suppressions,
            QuarantineProperties quarantine,
            ObjectStore objects,
            MeterRegistry meters) {
        return new SinkConsumers(consumers, eventRows, suppressions, quarantine, objects, meters);
    }
}
