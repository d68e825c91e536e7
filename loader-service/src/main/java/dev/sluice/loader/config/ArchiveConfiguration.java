package dev.sluice.loader.config;

import dev.sluice.loader.archive.ArchiveMetrics;
import dev.sluice.loader.archive.ArchiveShards;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.runtime.config.KclConfiguration;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.InstantSource;

/// The raw archive. The secret of its sidecars is that of the suppression list.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.archive.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ArchiveProperties.class, QuarantineProperties.class})
@Import(KclConfiguration.class)
class ArchiveConfiguration {

    @Bean
    ArchiveShards archiveShards(
            ArchiveProperties properties,
            QuarantineProperties quarantine,
            ObjectStore objects,
            MeterRegistry meters) {
        return new ArchiveShards(
                objects,
                quarantine.subjectSecret(),
                new ArchiveMetrics(meters),
                properties.objectSize().toBytes(),
                WindowAge.of(properties.window()),
                InstantSource.system());
    }

    @Bean
    HealthSource archiveConsumer(
            KclConsumers consumers, ArchiveProperties properties, ArchiveShards archiveShards) {
        return consumers.create(
                properties.application(), new StreamName(properties.stream()), archiveShards);
    }
}
