package dev.sluice.enricher.config;

import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.enricher.egress.DomainMetrics;
import dev.sluice.enricher.forward.DeadLetters;
import dev.sluice.enricher.forward.DerivedIngress;
import dev.sluice.enricher.forward.ForwardPipeline;
import dev.sluice.enricher.process.Switches;
import dev.sluice.enricher.process.domain.DomainEvents;
import dev.sluice.enricher.process.domain.DomainRules;
import dev.sluice.enricher.process.domain.KnownFields;
import dev.sluice.runtime.bus.EventBus;
import dev.sluice.runtime.config.EventBridgeConfiguration;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.kinesis.EventBridgeBus;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;

/// Domain events: the rules, and the forwarder, a consumer beside the enricher's own.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DomainEventsProperties.class)
class DomainEventsConfiguration {

    private static final String RULES = "domain-events.yml";

    @Bean
    DomainEvents domainEvents(
            DomainEventsProperties properties, Switches switches, MeterRegistry meters) {
        KnownFields known = new KnownFields(ContractCatalog.bundled(), EventsTable.bundled());
        return new DomainEvents(rules(properties.rules(), known), switches, meters);
    }

    @Bean
    DomainMetrics domainMetrics(MeterRegistry meters) {
        return new DomainMetrics(meters);
    }

    private static DomainRules rules(@Nullable Path file, KnownFields known) {
        Resource rules = file == null ? new ClassPathResource(RULES) : new FileSystemResource(file);
        String origin = file == null ? RULES : file.toString();
        try {
            return DomainRules.read(origin, rules.getContentAsByteArray(), known);
        } catch (IOException e) {
            throw new UncheckedIOException("rules of domain events cannot be read: " + origin, e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(
            name = "sluice.enricher.domain-events.forward",
            matchIfMissing = true)
    @Import(EventBridgeConfiguration.class)
    static class Forwarder {

        @Bean
        EventBus eventBus(EventBridgeClient client, DomainEventsProperties properties) {
            return new EventBridgeBus(client, properties.bus(), InstantSource.system());
        }

        @Bean
        HealthSource domainForwarder(
                KclConsumers consumers,
                DomainEventsProperties properties,
                EventBus bus,
                ObjectStore objects,
                DomainMetrics metrics) {
            DerivedIngress ingress = new DerivedIngress(properties.source());
            DeadLetters deadLetters = new DeadLetters(objects, bus.name());
            return consumers.create(
                    properties.application(),
                    new StreamName(properties.stream()),
                    _ -> new ForwardPipeline(ingress, bus, deadLetters, metrics));
        }
    }
}
