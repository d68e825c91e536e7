package dev.sluice.loader.config;

import dev.sluice.loader.archive.ArchivePipeline;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.loader.window.WindowedHandler;
import dev.sluice.runtime.config.KclConfiguration;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.StreamName;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.InstantSource;

/// The raw archive.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.archive.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ArchiveProperties.class)
@Import(KclConfiguration.class)
class ArchiveConfiguration {

    @Bean
    HealthSource archiveConsumer(
            KclConsumers consumers, ArchiveProperties properties, ObjectStore objects) {
        return consumers.create(
                properties.application(),
                new StreamName(properties.stream()),
                _ ->
                        new WindowedHandler(
                                new ArchivePipeline(objects, properties.objectSize().toBytes()),
                                WindowAge.of(properties.window()),
                                InstantSource.system()));
    }
}
