package dev.sluice.runtime.config;

import io.awspring.cloud.autoconfigure.dynamodb.DynamoDbProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Duration;

/// DynamoDB: the synchronous client for services, the asynchronous one for leases.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "spring.cloud.aws.dynamodb.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DynamoDbProperties.class)
class TablesConfiguration {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

    @Bean
    @ConditionalOnMissingBean
    DynamoDbClient dynamoDbClient(AwsClients clients, DynamoDbProperties properties) {
        return clients.sync(
                        DynamoDbClient.builder(),
                        properties,
                        override ->
                                override.apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                                        .apiCallTimeout(CALL_TIMEOUT))
                .httpClientBuilder(Apache5HttpClient.builder().connectionTimeout(CONNECT_TIMEOUT))
                .build();
    }

    @Bean
    @ConditionalOnMissingBean
    DynamoDbAsyncClient dynamoDbAsyncClient(AwsClients clients, DynamoDbProperties properties) {
        return clients.async(
                        DynamoDbAsyncClient.builder(),
                        properties,
                        override ->
                                override.apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                                        .apiCallTimeout(CALL_TIMEOUT))
                .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder().connectionTimeout(CONNECT_TIMEOUT))
                .build();
    }
}
