package dev.sluice.runtime.config;

import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.util.Map;

/// Every {@link HealthSource} bean as a part of the health contributor `sluice`, by its bean name.
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    @Bean
    @ConditionalOnBean(HealthSource.class)
    @ConditionalOnEnabledHealthIndicator("sluice")
    HealthContributor sluiceHealthContributor(Map<String, HealthSource> sources) {
        return CompositeHealthContributor.fromMap(sources, HealthConfiguration::indicator);
    }

    private static HealthIndicator indicator(HealthSource source) {
        return () -> {
            HealthReport report = source.health();
            Health.Builder health = report.up() ? Health.up() : Health.down();
            if (!report.why().isEmpty()) {
                health.withDetail("why", report.why());
            }
            return health.withDetails(report.details()).build();
        };
    }
}
