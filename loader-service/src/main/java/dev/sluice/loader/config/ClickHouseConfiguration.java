package dev.sluice.loader.config;

import dev.sluice.loader.sink.clickhouse.ClickHouseSink;
import dev.sluice.loader.sink.http.SinkEndpoint;
import dev.sluice.runtime.health.HealthSource;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Events in ClickHouse.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "sluice.loader.clickhouse.enabled")
@EnableConfigurationProperties(ClickHouseProperties.class)
@Import(SinksConfiguration.class)
class ClickHouseConfiguration {

    @Bean
    SinkEndpoint clickHouseEndpoint(ClickHouseProperties properties) {
        return properties
                .endpoint()
                .open("sluice.loader.clickhouse.endpoint", properties.authorization());
    }

    @Bean
    HealthSource clickHouseConsumer(
            SinkConsumers sinks, SinkEndpoint clickHouseEndpoint, ClickHouseProperties properties) {
        return sinks.create(
                new ClickHouseSink(clickHouseEndpoint, properties.toTable()),
                properties.application(),
                properties.stream(),
                properties.window(),
                properties.rules());
    }
}
