package dev.sluice.loader.config;

import com.zaxxer.hikari.HikariDataSource;

import dev.sluice.loader.identities.IdentitiesLoop;
import dev.sluice.loader.identities.PersonRestatement;
import dev.sluice.loader.warehouse.WarehouseLoop;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.InstantSource;

/// The restatement of events, by whoever leads.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(
        name = {"sluice.loader.warehouse.enabled", "sluice.loader.identities.enabled"},
        matchIfMissing = true)
@EnableConfigurationProperties(IdentitiesProperties.class)
class IdentitiesConfiguration {

    @Bean(initMethod = "start")
    IdentitiesLoop identitiesLoop(
            WarehouseLoop loop,
            HikariDataSource warehouseConnections,
            IdentitiesProperties properties,
            MeterRegistry meters) {
        return new IdentitiesLoop(
                loop::leads,
                new PersonRestatement(warehouseConnections, properties.limits()),
                properties.interval(),
                InstantSource.system(),
                meters);
    }
}
