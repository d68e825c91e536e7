package dev.sluice.runtime.config;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsClientProperties;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;

import org.springframework.beans.factory.ObjectProvider;

import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;

import java.util.function.Consumer;
import java.util.stream.Stream;

/// Region, credentials and endpoint of every client, from Spring Cloud AWS.
final class AwsClients {

    private final AwsClientBuilderConfigurer configurer;
    private final ObjectProvider<AwsConnectionDetails> connection;
    private final ObjectProvider<AwsSyncClientCustomizer> syncCustomizers;
    private final ObjectProvider<AwsAsyncClientCustomizer> asyncCustomizers;

    AwsClients(
            AwsClientBuilderConfigurer configurer,
            ObjectProvider<AwsConnectionDetails> connection,
            ObjectProvider<AwsSyncClientCustomizer> syncCustomizers,
            ObjectProvider<AwsAsyncClientCustomizer> asyncCustomizers) {
        this.configurer = configurer;
        this.connection = connection;
        this.syncCustomizers = syncCustomizers;
        this.asyncCustomizers = asyncCustomizers;
    }

    <T extends AwsClientBuilder<T, ?>> T sync(
            T builder,
            AwsClientProperties properties,
            Consumer<ClientOverrideConfiguration.Builder> override) {
        return overridden(
                configurer.configureSyncClient(
                        builder,
                        properties,
                        connection.getIfAvailable(),
                        Stream.empty(),
                        syncCustomizers.orderedStream()),
                override);
    }

    <T extends AwsClientBuilder<T, ?>> T async(
            T builder,
            AwsClientProperties properties,
            Consumer<ClientOverrideConfiguration.Builder> override) {
        return overridden(
                configurer.configureAsyncClient(
                        builder,
                        properties,
                        connection.getIfAvailable(),
                        Stream.empty(),
                        asyncCustomizers.orderedStream()),
                override);
    }

    private static <T extends AwsClientBuilder<T, ?>> T overridden(
            T builder, Consumer<ClientOverrideConfiguration.Builder> override) {
        ClientOverrideConfiguration.Builder configuration =
                builder.overrideConfiguration().toBuilder();
        override.accept(configuration);
        return builder.overrideConfiguration(configuration.build());
    }
}
