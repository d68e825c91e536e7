package dev.sluice.collector.config;

import dev.sluice.collector.CollectMetrics;
import dev.sluice.collector.CollectPipeline;
import dev.sluice.collector.egress.DoorBooks;
import dev.sluice.collector.egress.RawStream;
import dev.sluice.collector.process.body.BodySplitter;
import dev.sluice.collector.process.door.Door;
import dev.sluice.collector.process.door.UuidV7;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.security.SecureRandom;
import java.time.InstantSource;

/// The pipeline and its steps.
@Configuration(proxyBeanMethods = false)
class ProcessConfiguration {

    @Bean
    @ConditionalOnMissingBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    CollectPipeline collectPipeline(
            LimitsProperties limits,
            InstantSource clock,
            RawStream stream,
            DoorBooks books,
            MeterRegistry registry) {
        return new CollectPipeline(
                new BodySplitter(limits.forBodies()),
                new Door(new UuidV7(clock, new SecureRandom())),
                stream,
                books,
                new CollectMetrics(registry));
    }
}
