package dev.sluice.runtime.config;

import dev.sluice.runtime.kinesis.KinesisStreamClient;
import dev.sluice.runtime.publish.GroupCommitConfig;
import dev.sluice.runtime.publish.PublisherConfig;
import dev.sluice.runtime.publish.StreamClient;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

import java.time.Duration;
import java.util.function.Consumer;

/// Kinesis: one client that retries by itself, for reading and listing, and one that does not, for
/// puts. Both speak HTTP/1.1, which spreads calls over connections, over Netty.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "spring.cloud.aws.kinesis.enabled", matchIfMissing = true)
@EnableConfigurationProperties({
    KinesisEndpointProperties.class,
    KinesisClientProperties.class,
    PublisherProperties.class
})
class KinesisConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KinesisAsyncClient kinesisAsyncClient(
            AwsClients clients,
            KinesisEndpointProperties endpoint,
            KinesisClientProperties properties) {
        return client(
                clients,
                endpoint,
                properties,
                override -> override.apiCallTimeout(properties.readTimeout()));
    }

    /// Not the one that is injected by type.
    @Bean(defaultCandidate = false)
    KinesisAsyncClient kinesisPutClient(
            AwsClients clients,
            KinesisEndpointProperties endpoint,
            KinesisClientProperties properties) {
        return client(
                clients,
                endpoint,
                properties,
                override ->
                        override.apiCallTimeout(properties.putTimeout())
                                .retryStrategy(AwsRetryStrategy.doNotRetry()));
    }

    @Bean
    @ConditionalOnMissingBean
    StreamClient streamClient(
            @Qualifier("kinesisPutClient") KinesisAsyncClient puts, KinesisAsyncClient listings) {
        return new KinesisStreamClient(puts, listings);
    }

    @Bean
    @ConditionalOnMissingBean
    PublisherConfig publisherConfig(PublisherProperties properties) {
        return properties.publisherConfig();
    }

    @Bean
    @ConditionalOnMissingBean
    GroupCommitConfig groupCommitConfig(PublisherProperties properties) {
        return properties.groupCommitConfig();
    }

    private static KinesisAsyncClient client(
            AwsClients clients,
            KinesisEndpointProperties endpoint,
            KinesisClientProperties properties,
            Consumer<ClientOverrideConfiguration.Builder> override) {
        Duration longest =
                properties.readTimeout().compareTo(properties.putTimeout()) > 0
                        ? properties.readTimeout()
                        : properties.putTimeout();
        return clients.async(KinesisAsyncClient.builder(), endpoint, override)
                .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder()
                                .protocol(Protocol.HTTP1_1)
                                .maxConcurrency(properties.maxConnections())
                                .connectionTimeout(properties.connectTimeout())
                                .connectionAcquisitionTimeout(longest)
                                .readTimeout(longest)
                                .writeTimeout(longest))
                .build();
    }
}
