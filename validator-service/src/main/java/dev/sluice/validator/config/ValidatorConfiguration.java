package dev.sluice.validator.config;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.runtime.config.KclConfiguration;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.validator.ValidatePipeline;
import dev.sluice.validator.egress.QuarantineStore;
import dev.sluice.validator.egress.ValidStream;
import dev.sluice.validator.egress.ValidatorMetrics;
import dev.sluice.validator.ingress.FrameIngress;
import dev.sluice.validator.process.BatchCheck;
import dev.sluice.validator.process.EventCheck;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.contract.CompiledContracts;
import dev.sluice.validator.process.contract.ContractCheck;
import dev.sluice.validator.process.time.EventClock;
import dev.sluice.validator.process.type.EventTypeNames;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;

/// The validator's beans; clients, ports and the consumer come from the runtime.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ValidatorProperties.class)
@Import(KclConfiguration.class)
class ValidatorConfiguration {

    @Bean
    CompiledContracts contracts(ValidatorProperties properties) {
        Path directory = properties.contractsDirectory();
        return new CompiledContracts(
                directory == null
                        ? ContractCatalog.bundled()
                        : ContractCatalog.fromDirectory(directory));
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
    EventCheck eventCheck(ValidatorProperties properties, CompiledContracts contracts) {
        return new EventCheck(
                Math.toIntExact(properties.maxEventSize().toBytes()),
                new BodyParser(),
                new EventTypeNames(contracts::has),
                new ContractCheck(contracts, properties.unknownTypes().policy()),
                new EventClock(properties.times().bounds()));
    }

    @Bean
    ValidatePipeline validatePipeline(
            ValidatorProperties properties,
            EventCheck check,
            ObjectStore objects,
            StreamPublisher<SectionedEvent> publisher,
            MeterRegistry meters) {
        return new ValidatePipeline(
                new FrameIngress(
                        new FrameDecoder(FrameLimits.DEFAULT), properties.sliceSize().toBytes()),
                new BatchCheck(check),
                new QuarantineStore(objects),
                new ValidStream(publisher),
                new ValidatorMetrics(meters));
    }

    @Bean
    HealthSource rawConsumer(
            KclConsumers consumers, ValidatorProperties properties, ValidatePipeline pipeline) {
        return consumers.create(
                properties.application(), new StreamName(properties.rawStream()), _ -> pipeline);
    }
}
