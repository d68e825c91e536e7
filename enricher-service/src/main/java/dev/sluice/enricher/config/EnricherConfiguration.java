package dev.sluice.enricher.config;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DerivedBatch;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.pii.BodyRedactor;
import dev.sluice.contracts.pii.EventRules;
import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.enricher.EnrichPipeline;
import dev.sluice.enricher.EnrichSteps;
import dev.sluice.enricher.ShardMemory;
import dev.sluice.enricher.egress.DerivedStream;
import dev.sluice.enricher.egress.EnrichedStream;
import dev.sluice.enricher.egress.EnricherMetrics;
import dev.sluice.enricher.egress.Outputs;
import dev.sluice.enricher.egress.QuarantineStream;
import dev.sluice.enricher.ingress.FrameIngress;
import dev.sluice.enricher.process.Consequences;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EnrichmentLayout;
import dev.sluice.enricher.process.Enrichments;
import dev.sluice.enricher.process.EventEnricher;
import dev.sluice.enricher.process.Switches;
import dev.sluice.enricher.process.device.DeviceLookup;
import dev.sluice.enricher.process.domain.DomainEvents;
import dev.sluice.enricher.process.geo.GeoLookup;
import dev.sluice.enricher.process.identity.IdentityEnrichment;
import dev.sluice.enricher.process.pii.Redaction;
import dev.sluice.enricher.process.session.OpenSessions;
import dev.sluice.enricher.process.session.SessionEnrichment;
import dev.sluice.enricher.process.session.SessionRules;
import dev.sluice.enricher.process.traffic.TrafficEnrichment;
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
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.state.StatefulShards;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// The enricher's beans; clients, ports and the consumer come from the runtime.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EnricherProperties.class, SessionProperties.class})
@Import({
    KclConfiguration.class,
    BooksConfiguration.class,
    GeoConfiguration.class,
    TrafficConfiguration.class,
    IdentityConfiguration.class,
    PersonalDataConfiguration.class,
    DomainEventsConfiguration.class
})
class EnricherConfiguration {

    @Bean
    StreamPublisher<SectionedEvent> enrichedPublisher(
            StreamClient client,
            EnricherProperties properties,
            PublisherConfig config,
            MeterRegistry meters) {
        FrameEncoder encoder =
                new FrameEncoder(
                        FrameLimits.DEFAULT,
                        Math.toIntExact(properties.frameSize().toBytes()),
                        UUID.randomUUID(),
                        InstantSource.system());
        StreamName stream = new StreamName(properties.enrichedStream());
        return new StreamPublisher<>(client, stream, encoder::encode, config, meters);
    }

    @Bean
    StreamPublisher<QuarantineRecord> quarantinePublisher(
            StreamClient client,
            EnricherProperties properties,
            PublisherConfig config,
            MeterRegistry meters) {
        StreamName stream = new StreamName(properties.quarantineStream());
        return new StreamPublisher<>(client, stream, QuarantineBatch::encode, config, meters);
    }

    @Bean
    StreamPublisher<Derived> derivedPublisher(
            StreamClient client,
            EnricherProperties properties,
            PublisherConfig config,
            MeterRegistry meters) {
        StreamName stream = new StreamName(properties.derivedStream());
        return new StreamPublisher<>(client, stream, DerivedBatch::encode, config, meters);
    }

    @Bean
    Outputs outputs(
            StreamPublisher<QuarantineRecord> quarantinePublisher,
            StreamPublisher<Derived> derivedPublisher,
            StreamPublisher<SectionedEvent> enrichedPublisher,
            ObjectStore objects) {
        return new Outputs(
                new QuarantineStream(quarantinePublisher, objects),
                new DerivedStream(derivedPublisher),
                new EnrichedStream(enrichedPublisher));
    }

    @Bean
    DeviceLookup deviceLookup(EnricherProperties properties, MeterRegistry meters) {
        return new DeviceLookup(
                properties.device().cacheSize(),
                properties.device().parsesPerSecond(),
                properties.device().parseBurst(),
                System::nanoTime,
                meters);
    }

    @Bean
    List<Enrichment> enrichments(
            EnricherProperties properties,
            IdentityEnrichment identity,
            DeviceLookup devices,
            GeoLookup places,
            TrafficEnrichment traffic) {
        return Enrichments.all(identity, devices, places, traffic, properties.lateAfter());
    }

    @Bean
    Switches switches(EnricherProperties properties, List<Enrichment> enrichments) {
        return properties.switches(enrichments);
    }

    @Bean
    Redaction redaction(
            PersonalDataProperties personal, Reference<EventRules> rules, Switches switches) {
        return new Redaction(BodyRedactor.with(personal.pseudonyms()), rules, switches);
    }

    @Bean
    Consequences consequences(Redaction redaction, DomainEvents domainEvents) {
        return new Consequences(redaction, domainEvents);
    }

    @Bean
    EventEnricher eventEnricher(
            List<Enrichment> enrichments,
            Switches switches,
            Redaction redaction,
            Consequences consequences) {
        return new EventEnricher(
                enrichments,
                switches,
                new EnrichmentLayout(EventsTable.bundled()),
                redaction,
                consequences);
    }

    @Bean
    EnrichSteps.Source enrichSteps(SessionProperties sessions, EventEnricher enricher) {
        SessionRules rules = sessions.rules();
        return () -> {
            OpenSessions open = new OpenSessions(rules);
            return new EnrichSteps(enricher.and(new SessionEnrichment(open, rules)), open);
        };
    }

    /// A pipeline for each shard, with a memory of its own.
    @Bean
    StatefulShards validShards(
            EnricherProperties properties,
            EnrichSteps.Source source,
            Consequences consequences,
            Outputs outputs,
            ObjectStore objects,
            BooksStore books,
            MeterRegistry meters) {
        FrameIngress ingress =
                new FrameIngress(
                        new FrameDecoder(FrameLimits.DEFAULT), properties.sliceSize().toBytes());
        EnricherMetrics metrics = new EnricherMetrics(meters);
        BooksWriter pages = new BooksWriter(EnricherMetrics.STAGE, books, meters);
        return new StatefulShards(
                properties.application(),
                objects,
                meters,
                start -> {
                    EnrichSteps steps = source.ofShard();
                    return new EnrichPipeline(
                            ingress,
                            steps.enricher(),
                            consequences,
                            outputs,
                            metrics,
                            new ShardMemory(
                                    new OriginMarks(properties.originMarks()),
                                    steps.sessions(),
                                    new ShardBooks(start.shard(), pages)),
                            InstantSource.system());
                });
    }

    @Bean
    HealthSource validConsumer(
            KclConsumers consumers, EnricherProperties properties, StatefulShards shards) {
        return consumers.create(
                properties.application(), new StreamName(properties.validStream()), shards);
    }
}
