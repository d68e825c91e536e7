package dev.sluice.collector.config;

import dev.sluice.collector.CollectMetrics;
import dev.sluice.collector.CollectPipeline;
import dev.sluice.collector.egress.DoorBooks;
import dev.sluice.collector.egress.DurableEvents;
import dev.sluice.collector.egress.RawStream;
import dev.sluice.collector.egress.SpillingStream;
import dev.sluice.collector.egress.spill.SpillWriter;
import dev.sluice.collector.process.body.BodySplitter;
import dev.sluice.collector.process.door.Door;
import dev.sluice.collector.process.door.UuidV7;

import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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
            ObjectProvider<SpillWriter> spill,
            DoorBooks books,
            MeterRegistry registry) {
        return new CollectPipeline(
                new BodySplitter(limits.forBodies()),
                new Door(new UuidV7(clock, new SecureRandom())),
                durable(stream, spill.getIfAvailable()),
                books,
                new CollectMetrics(registry));
    }

    private static DurableEvents durable(RawStream stream, @Nullable SpillWriter spill) {
        return spill == null ? stream : new SpillingStream(stream, spill);
    }
}
