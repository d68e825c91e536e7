package dev.sluice.loader.config;

import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.loader.publish.QuarantineStream;
import dev.sluice.runtime.config.KclConfiguration;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The way of what the loader refuses, from whichever stream.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublishProperties.class)
@Import(KclConfiguration.class)
class RefusalsConfiguration {

    @Bean
    StreamPublisher<QuarantineRecord> quarantinePublisher(
            StreamClient client,
            PublishProperties properties,
            PublisherConfig config,
            MeterRegistry meters) {
        StreamName stream = new StreamName(properties.quarantineStream());
        return new StreamPublisher<>(client, stream, QuarantineBatch::encode, config, meters);
    }

    @Bean
    QuarantineStream quarantineStream(
            StreamPublisher<QuarantineRecord> quarantinePublisher, ObjectStore objects) {
        return new QuarantineStream(quarantinePublisher, objects);
    }
}
