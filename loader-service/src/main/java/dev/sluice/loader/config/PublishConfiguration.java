package dev.sluice.loader.config;

import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.publish.CuratedFiles;
import dev.sluice.loader.publish.LoadHandler;
import dev.sluice.loader.publish.LoadPipeline;
import dev.sluice.loader.publish.PublishMetrics;
import dev.sluice.loader.publish.QuarantineStream;
import dev.sluice.loader.publish.ShardMemory;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.config.BooksConfiguration;
import dev.sluice.runtime.config.KclConfiguration;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.state.StatefulShards;
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
@Import({KclConfiguration.class, BooksConfiguration.class, RefusalsConfiguration.class})
class PublishConfiguration {

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

    @Bean
    LoadPipeline.Steps loadSteps(
            PublishProperties properties,
            Reference<EventRows> eventRows,
            Layouts layouts,
            ObjectStore objects,
            QuarantineStream quarantineStream,
            LoadQueue queue,
            MeterRegistry meters) {
        return new LoadPipeline.Steps(
                new FrameDecoder(FrameLimits.DEFAULT),
                eventRows,
                quarantineStream,
                new CuratedFiles(objects, layouts, InstantSource.system()),
                queue,
                properties.space(),
                new PublishMetrics(meters));
    }

    /// A handler for each shard, with a memory of its own.
    @Bean
    StatefulShards publishShards(
            PublishProperties properties,
            LoadPipeline.Steps steps,
            ObjectStore objects,
            BooksStore books,
            MeterRegistry meters) {
        BooksWriter pages = new BooksWriter(PublishMetrics.STAGE, books, meters);
        return new StatefulShards(
                properties.application(),
                objects,
                meters,
                start ->
                        new LoadHandler(
                                steps,
                                properties.limits(),
                                properties.age(),
                                properties.lateAge(),
                                new ShardMemory(
                                        new OriginMarks(properties.originMarks()),
                                        new ShardBooks(start.shard(), pages)),
                                InstantSource.system()));
    }

    @Bean
    HealthSource publishConsumer(
            KclConsumers consumers, PublishProperties properties, StatefulShards publishShards) {
        return consumers.create(
                properties.application(), new StreamName(properties.stream()), publishShards);
    }
}
