package dev.sluice.validator.config;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.config.BooksConfiguration;
import dev.sluice.runtime.config.KclConfiguration;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.state.StatefulShards;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.validator.ShardMemory;
import dev.sluice.validator.ValidatePipeline;
import dev.sluice.validator.ValidateSteps;
import dev.sluice.validator.egress.QuarantineStream;
import dev.sluice.validator.egress.ValidStream;
import dev.sluice.validator.egress.ValidatorMetrics;
import dev.sluice.validator.ingress.FrameIngress;
import dev.sluice.validator.process.BatchCheck;
import dev.sluice.validator.process.EventCheck;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.contract.CompiledContracts;
import dev.sluice.validator.process.contract.ContractCheck;
import dev.sluice.validator.process.suppression.SuppressionFilter;
import dev.sluice.validator.process.time.EventClock;
import dev.sluice.validator.process.type.EventTypeNames;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.InstantSource;
import java.util.UUID;

/// The validator's beans; clients, ports and the consumer come from the runtime.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ValidatorProperties.class)
@Import({KclConfiguration.class, BooksConfiguration.class})
class ValidatorConfiguration {

    @Bean(initMethod = "start")
    Reference<CompiledContracts> contracts(
            ValidatorProperties properties, ObjectStore objects, MeterRegistry meters) {
        return properties
                .contracts()
                .load(
                        "contracts",
                        ContractCatalog.bundledFiles(),
                        objects,
                        (place, files) -> new CompiledContracts(ContractCatalog.of(place, files)),
                        meters);
    }

    @Bean(initMethod = "start")
    Reference<SuppressionList> suppressions(
            ValidatorProperties properties, DynamoDbClient dynamo, MeterRegistry meters) {
        SubjectKey fingerprint = properties.subjectKeys().fingerprint();
        return properties
                .suppressions()
                .load(
                        "suppressions",
                        dynamo,
                        list -> SuppressionList.of(fingerprint, to -> list.read(to::entry)),
                        meters);
    }

    @Bean
    StreamPublisher<SectionedEvent> validPublisher(
            StreamClient client,
            ValidatorProperties properties,
            PublisherConfig config,
            MeterRegistry meters) {
        FrameEncoder encoder =
                new FrameEncoder(
                        FrameLimits.DEFAULT,
                        Math.toIntExact(properties.frameSize().toBytes()),
                        UUID.randomUUID(),
                        InstantSource.system());
        StreamName stream = new StreamName(properties.validStream());
        return new StreamPublisher<>(client, stream, encoder::encode, config, meters);
    }

    @Bean
    StreamPublisher<QuarantineRecord> quarantinePublisher(
            StreamClient client,
            ValidatorProperties properties,
            PublisherConfig config,
            MeterRegistry meters) {
        StreamName stream = new StreamName(properties.quarantineStream());
        return new StreamPublisher<>(client, stream, QuarantineBatch::encode, config, meters);
    }

    @Bean
    EventCheck eventCheck(ValidatorProperties properties, Reference<CompiledContracts> contracts) {
        return new EventCheck(
                Math.toIntExact(properties.maxEventSize().toBytes()),
                new BodyParser(),
                new EventTypeNames((tenant, type) -> contracts.get().has(tenant, type)),
                new ContractCheck(contracts, properties.unknownTypes().otherwise()),
                new EventClock(properties.times().bounds()));
    }

    @Bean
    ValidatorMetrics validatorMetrics(
            Reference<CompiledContracts> contracts, MeterRegistry meters) {
        return new ValidatorMetrics(meters, (tenant, type) -> contracts.get().has(tenant, type));
    }

    @Bean
    ValidateSteps.Source validateSteps(
            ValidatorProperties properties,
            EventCheck check,
            Reference<SuppressionList> suppressions,
            ValidatorMetrics metrics) {
        BatchCheck batchCheck = new BatchCheck(check);
        return () ->
                new ValidateSteps(
                        batchCheck,
                        new SuppressionFilter(
                                new SuppressionCheck(suppressions, properties.subjectKeys())),
                        properties.duplicates().seenIds(metrics));
    }

    /// A pipeline for each shard, with a memory of its own.
    @Bean
    StatefulShards validateShards(
            ValidatorProperties properties,
            ValidateSteps.Source source,
            ObjectStore objects,
            StreamPublisher<SectionedEvent> validPublisher,
            StreamPublisher<QuarantineRecord> quarantinePublisher,
            BooksStore books,
            ValidatorMetrics metrics,
            MeterRegistry meters) {
        FrameIngress ingress =
                new FrameIngress(
                        new FrameDecoder(FrameLimits.DEFAULT), properties.sliceSize().toBytes());
        QuarantineStream quarantine = new QuarantineStream(quarantinePublisher, objects);
        ValidStream stream = new ValidStream(validPublisher);
        BooksWriter pages = new BooksWriter(ValidatorMetrics.STAGE, books, meters);
        return new StatefulShards(
                properties.application(),
                objects,
                meters,
                start -> {
                    ValidateSteps steps = source.ofShard();
                    return new ValidatePipeline(
                            ingress,
                            steps.check(),
                            steps.suppression(),
                            quarantine,
                            stream,
                            metrics,
                            new ShardMemory(steps.ids(), new ShardBooks(start.shard(), pages)));
                });
    }

    @Bean
    HealthSource rawConsumer(
            KclConsumers consumers, ValidatorProperties properties, StatefulShards shards) {
        return consumers.create(
                properties.application(), new StreamName(properties.rawStream()), shards);
    }
}
