package dev.sluice.enricher.config;

import dev.sluice.enricher.process.traffic.Referrers;
import dev.sluice.enricher.process.traffic.TrafficEnrichment;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Lists of referrers and rules of channels.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrafficProperties.class)
class TrafficConfiguration {

    @Bean
    TrafficEnrichment trafficEnrichment(TrafficProperties properties) {
        return new TrafficEnrichment(Referrers.bundled(properties.cacheSize()), properties.rules());
    }
}
