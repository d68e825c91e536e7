package dev.sluice.runtime.config;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.dynamodb.DynamoDbAutoConfiguration;
import io.awspring.cloud.autoconfigure.metrics.CloudWatchExportAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The clients and ports of the runtime as beans. Each gives way to a bean of the service's own,
/// and each service of AWS can be left out: `spring.cloud.aws.<service>.enabled: false`.
///
/// Region, credentials and endpoints are Spring Cloud AWS's properties:
/// `spring.cloud.aws.region.static`, `.credentials.access-key`, `.credentials.secret-key`,
/// `.endpoint`, and `.endpoint` below `.kinesis`, `.dynamodb`, `.s3`, `.cloudwatch`.
@AutoConfiguration(
        after = {
            AwsAutoConfiguration.class,
            S3AutoConfiguration.class,
            DynamoDbAutoConfiguration.class,
            CloudWatchExportAutoConfiguration.class
        })
@Import({
    KinesisConfiguration.class,
    ObjectsConfiguration.class,
    TablesConfiguration.class,
    CloudWatchConfiguration.class,
    HealthConfiguration.class
})
public class SluiceRuntimeAutoConfiguration {

    @Bean
    AwsClients awsClients(
            AwsClientBuilderConfigurer configurer,
            ObjectProvider<AwsConnectionDetails> connection,
            ObjectProvider<AwsSyncClientCustomizer> syncCustomizers,
            ObjectProvider<AwsAsyncClientCustomizer> asyncCustomizers) {
        return new AwsClients(configurer, connection, syncCustomizers, asyncCustomizers);
    }
}
