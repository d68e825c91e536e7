package dev.sluice.loader.config;

import dev.sluice.loader.sink.http.SinkEndpoint;
import dev.sluice.loader.sink.opensearch.DocumentFields;
import dev.sluice.loader.sink.opensearch.OpenSearchSink;
import dev.sluice.runtime.health.HealthSource;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// Events in OpenSearch.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.opensearch.enabled")
@EnableConfigurationProperties(OpenSearchProperties.class)
@Import(SinksConfiguration.class)
class OpenSearchConfiguration {

    @Bean
    SinkEndpoint openSearchEndpoint(
            OpenSearchProperties properties, AwsCredentialsProvider credentials) {
        return properties
                .endpoint()
                .open("sluice.loader.opensearch.endpoint", properties.authorization(credentials));
    }

    @Bean
    HealthSource openSearchConsumer(
            SinkConsumers sinks,
            SinkEndpoint openSearchEndpoint,
            OpenSearchProperties properties,
            QuarantineProperties quarantine) {
        return sinks.create(
                new OpenSearchSink(
                        openSearchEndpoint,
                        properties.daily(),
                        new DocumentFields(properties.fields()),
                        quarantine.subjectSecret()),
                properties.application(),
                properties.stream(),
                properties.window(),
                properties.rules());
    }
}
