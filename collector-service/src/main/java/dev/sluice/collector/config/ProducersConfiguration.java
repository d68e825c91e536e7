package dev.sluice.collector.config;

import dev.sluice.collector.producers.DynamoProducerStore;
import dev.sluice.collector.producers.FileProducerStore;
import dev.sluice.collector.producers.KeyHash;
import dev.sluice.collector.producers.Producer;
import dev.sluice.collector.producers.ProducerDirectory;
import dev.sluice.collector.producers.ProducerKey;
import dev.sluice.collector.producers.ProducerSource;
import dev.sluice.collector.producers.RateLimits;
import dev.sluice.collector.producers.Signatures;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.runtime.config.MissingTables;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who may send: the keys of the configuration, of a file and of a table together.
@Configuration(proxyBeanMethods = false)
class ProducersConfiguration {

    @Bean
    ProducerDirectory producerDirectory(
            ProducersProperties configured,
            KeysProperties keys,
            ObjectProvider<DynamoDbClient> dynamo,
            InstantSource clock,
            MeterRegistry meters) {
        List<ProducerKey> fixed = fixed(configured);
        List<ProducerSource> sources = new ArrayList<>();
        sources.add(() -> fixed);
        Path file = keys.file();
        if (file != null && !file.toString().isEmpty()) {
            sources.add(new FileProducerStore(file));
        }
        if (!keys.table().isEmpty()) {
            DynamoDbClient client = dynamo.getObject();
            String table =
                    new MissingTables(client, keys.create())
                            .ensure(DynamoProducerStore.table(keys.table()));
            sources.add(new DynamoProducerStore(client, table));
        }
        if (fixed.isEmpty() && sources.size() == 1) {
            throw new IllegalArgumentException(
                    "nobody may send: set sluice.collector.producers, keys.file or keys.table");
        }
        ProducerSource all =
                () -> sources.stream().flatMap(source -> source.all().stream()).toList();
        return new ProducerDirectory(all, keys.refresh(), clock, meters);
    }

    @Bean
    RateLimits rateLimits() {
        return new RateLimits(System::nanoTime);
    }

    @Bean
    Signatures signatures(KeysProperties keys, InstantSource clock) {
        return new Signatures(keys.nonces(), clock);
    }

    private static List<ProducerKey> fixed(ProducersProperties properties) {
        Set<String> hashes = new HashSet<>();
        List<ProducerKey> keys = new ArrayList<>();
        for (ProducersProperties.Producer producer : properties.producers()) {
            if (!hashes.add(producer.keySha256())) {
                throw new IllegalArgumentException(
                        "sluice.collector.producers: two have the same key; one is " + producer);
            }
            keys.add(
                    new ProducerKey(
                            new KeyHash(producer.keySha256()),
                            Producer.of(
                                    new TenantId(producer.tenantId()),
                                    new SourceId(producer.sourceId())),
                            Instant.EPOCH,
                            null));
        }
        return keys;
    }
}
