package dev.sluice.runtime.config;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

import java.time.Duration;

/// Import it in a service that puts events on a bus. It needs the SDK's artifact for EventBridge.
/// The client does not retry: whoever puts sends again only what failed.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventBridgeEndpointProperties.class)
public class EventBridgeConfiguration {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    /// Shorter than servers keep a connection that nobody uses.
    private static final Duration IDLE = Duration.ofSeconds(15);

    @Bean
    @ConditionalOnMissingBean
    EventBridgeClient eventBridgeClient(
            AwsClients clients, EventBridgeEndpointProperties properties) {
        return clients.sync(
                        EventBridgeClient.builder(),
                        properties,
                        override ->
                                override.apiCallTimeout(CALL_TIMEOUT)
                                        .retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(
                        Apache5HttpClient.builder()
                                .connectionTimeout(CONNECT_TIMEOUT)
                                .connectionMaxIdleTime(IDLE))
                .build();
    }
}
