package dev.sluice.loader.config;

import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.quarantine.QuarantineFiles;
import dev.sluice.loader.quarantine.QuarantinePipeline;
import dev.sluice.loader.quarantine.SuppressedRecords;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.window.WindowedHandler;
import dev.sluice.runtime.config.KclConfiguration;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.stream.StreamName;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.InstantSource;

/// The quarantine's stream.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.quarantine.enabled", matchIfMissing = true)
@EnableConfigurationProperties(QuarantineProperties.class)
@Import({KclConfiguration.class, SuppressionConfiguration.class})
class QuarantineConfiguration {

    @Bean
    HealthSource quarantineConsumer(
            KclConsumers consumers,
            QuarantineProperties properties,
            ObjectStore objects,
            Layouts layouts,
            Reference<SuppressionList> suppressions,
            LoadQueue queue) {
        QuarantineFiles files = new QuarantineFiles(objects, layouts, InstantSource.system());
        long maxBytes = properties.maxSize().toBytes();
        return consumers.create(
                properties.application(),
                new StreamName(properties.stream()),
                _ ->
                        new WindowedHandler(
                                new QuarantinePipeline(
                                        files,
                                        new SuppressedRecords(
                                                new SuppressionCheck(
                                                        suppressions,
                                                        new SubjectKeys(
                                                                properties.subjectSecret())),
                                                objects),
                                        queue,
                                        maxBytes),
                                properties.age(),
                                InstantSource.system()));
    }
}
