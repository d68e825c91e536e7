package dev.sluice.runtime.config;

import io.awspring.cloud.autoconfigure.metrics.CloudWatchProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;

import java.time.Duration;

/// CloudWatch, for the consumer library's own metrics; no call is made while they are off.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "spring.cloud.aws.cloudwatch.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CloudWatchProperties.class)
class CloudWatchConfiguration {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

    @Bean
    @ConditionalOnMissingBean
    CloudWatchAsyncClient cloudWatchAsyncClient(
            AwsClients clients, CloudWatchProperties properties) {
        return clients.async(
                        CloudWatchAsyncClient.builder(),
                        properties,
                        override -> override.apiCallTimeout(CALL_TIMEOUT))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
    }
}
