package dev.sluice.runtime.config;

import dev.sluice.runtime.kcl.KclClients;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.metrics.MetricsLevel;

import java.time.InstantSource;

/// Import it in a service that reads a stream, and call [KclConsumers#create] in a bean method. It
/// needs a Kinesis and a DynamoDB client and a meter registry, and a CloudWatch client only when
/// `sluice.kcl.metrics-level` is not `NONE`.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KclProperties.class)
public class KclConfiguration {

    @Bean
    KclConsumers kclConsumers(
            KclProperties properties,
            KinesisAsyncClient kinesis,
            DynamoDbAsyncClient dynamo,
            ObjectProvider<CloudWatchAsyncClient> cloudWatch,
            MeterRegistry meters) {
        boolean measured = properties.metricsLevel() != MetricsLevel.NONE;
        return new KclConsumers(
                properties.workerOrHost(),
                properties.tuning(),
                new KclClients(kinesis, dynamo, measured ? cloudWatch.getObject() : null),
                meters,
                InstantSource.system());
    }
}
