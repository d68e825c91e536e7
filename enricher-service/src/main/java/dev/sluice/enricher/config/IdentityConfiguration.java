package dev.sluice.enricher.config;

import dev.sluice.enricher.process.identity.IdentityDirectory;
import dev.sluice.enricher.process.identity.IdentityEnrichment;
import dev.sluice.enricher.process.identity.PersonKeys;
import dev.sluice.runtime.config.MissingTables;
import dev.sluice.runtime.identity.DynamoIdentityStore;
import dev.sluice.runtime.identity.IdentityStore;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Whose events are.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentityProperties.class)
class IdentityConfiguration {

    /// The circuit breaker of the store, by its name in the settings.
    private static final String BREAKER = "identity";

    @Bean
    IdentityStore identityStore(
            DynamoDbClient setup, DynamoDbAsyncClient dynamo, IdentityProperties properties) {
        String table =
                new MissingTables(setup, properties.create())
                        .ensure(DynamoIdentityStore.table(properties.table()));
        return new DynamoIdentityStore(dynamo, table);
    }

    @Bean
    IdentityEnrichment identityEnrichment(
            IdentityStore store,
            IdentityProperties properties,
            CircuitBreakerRegistry breakers,
            MeterRegistry meters) {
        IdentityDirectory directory =
                new IdentityDirectory(
                        store,
                        properties.cache(),
                        breakers.circuitBreaker(BREAKER),
                        properties.mostIds(),
                        meters);
        return new IdentityEnrichment(
                new PersonKeys(properties.subjectSecret(), properties.cacheSize()),
                directory,
                properties.limits(),
                System::nanoTime);
    }
}
