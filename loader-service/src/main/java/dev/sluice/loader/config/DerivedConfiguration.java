package dev.sluice.loader.config;

import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.loader.derived.DerivedFiles;
import dev.sluice.loader.derived.DerivedMetrics;
import dev.sluice.loader.derived.DerivedPipeline;
import dev.sluice.loader.derived.DerivedSteps;
import dev.sluice.loader.derived.SuppressedSubjects;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.publish.QuarantineStream;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.window.WindowedHandler;
import dev.sluice.runtime.config.KclConfiguration;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.InstantSource;

/// The derived stream.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.derived.enabled", matchIfMissing = true)
@EnableConfigurationProperties({DerivedProperties.class, QuarantineProperties.class})
@Import({KclConfiguration.class, RefusalsConfiguration.class, SuppressionConfiguration.class})
class DerivedConfiguration {

    @Bean
    DerivedSteps derivedSteps(
            QuarantineStream quarantineStream,
            ObjectStore objects,
            Layouts layouts,
            LoadQueue queue,
            MeterRegistry meters) {
        return new DerivedSteps(
                quarantineStream,
                new DerivedFiles(objects, layouts, InstantSource.system()),
                queue,
                new DerivedMetrics(meters));
    }

    /// The list and its secret are those of the quarantine.
    @Bean
    HealthSource derivedConsumer(
            KclConsumers consumers,
            DerivedProperties properties,
            QuarantineProperties quarantine,
            DerivedSteps derivedSteps,
            Reference<SuppressionList> suppressions) {
        return consumers.create(
                properties.application(),
                new StreamName(properties.stream()),
                _ ->
                        new WindowedHandler(
                                new DerivedPipeline(
                                        derivedSteps,
                                        new SuppressedSubjects(
                                                new SuppressionCheck(
                                                        suppressions,
                                                        new SubjectKeys(
                                                                quarantine.subjectSecret()))),
                                        properties.maxLines()),
                                properties.age(),
                                InstantSource.system()));
    }
}
