package dev.sluice.runtime.config;

import dev.sluice.runtime.kinesis.S3ObjectStore;
import dev.sluice.runtime.objects.ObjectStore;

import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.time.Duration;
import java.time.InstantSource;

/// S3, and the object store on the bucket of `sluice.objects.bucket`.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "spring.cloud.aws.s3.enabled", matchIfMissing = true)
@EnableConfigurationProperties(S3Properties.class)
class ObjectsConfiguration {

    private static final int MAX_CONNECTIONS = 100;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /// The longest silence of a socket; a large object may take longer as long as it moves.
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

    /// For one call with all its retries.
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(5);

    @Bean
    @ConditionalOnMissingBean
    S3Client s3Client(AwsClients clients, S3Properties properties) {
        return clients.sync(
                        S3Client.builder(),
                        properties,
                        override -> override.apiCallTimeout(CALL_TIMEOUT))
                .serviceConfiguration(properties.toS3Configuration())
                .httpClientBuilder(
                        Apache5HttpClient.builder()
                                .maxConnections(MAX_CONNECTIONS)
                                .connectionTimeout(CONNECT_TIMEOUT)
                                .socketTimeout(SOCKET_TIMEOUT))
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("sluice.objects.bucket")
    @EnableConfigurationProperties(ObjectsProperties.class)
    static class Bucket {

        @Bean
        @ConditionalOnMissingBean(ObjectStore.class)
        S3ObjectStore objectStore(S3Client s3, ObjectsProperties properties) {
            return new S3ObjectStore(
                    s3, properties.bucket(), properties.spool(), InstantSource.system());
        }
    }
}
