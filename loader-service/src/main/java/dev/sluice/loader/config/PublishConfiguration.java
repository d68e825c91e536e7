package dev.sluice.loader.config;

import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.process.RowMapper;
import dev.sluice.loader.publish.CuratedFiles;
import dev.sluice.loader.publish.LoadPipeline;
import dev.sluice.loader.publish.QuarantineStore;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.window.WindowedHandler;
import dev.sluice.runtime.config.KclConfiguration;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.metrics.StageMetrics;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.InstantSource;

/// The publish loop.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.publish.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PublishProperties.class)
@Import(KclConfiguration.class)
class PublishConfiguration {

    private static final String STAGE = "loader";

    @Bean
    LoadPipeline.Steps loadSteps(ObjectStore objects, LoadQueue queue, MeterRegistry meters) {
        EventsTable table = EventsTable.bundled();
        return new LoadPipeline.Steps(
                new FrameDecoder(FrameLimits.DEFAULT),
                new RowMapper(table),
                new QuarantineStore(objects),
                new CuratedFiles(objects, table, InstantSource.system()),
                queue,
                new StageMetrics(meters, STAGE));
    }

    @Bean
    HealthSource publishConsumer(
            KclConsumers consumers, PublishProperties properties, LoadPipeline.Steps steps) {
        return consumers.create(
                properties.application(),
                new StreamName(properties.stream()),
                _ ->
                        new WindowedHandler(
                                new LoadPipeline(steps, properties.limits()),
                                properties.age(),
                                InstantSource.system()));
    }
}
