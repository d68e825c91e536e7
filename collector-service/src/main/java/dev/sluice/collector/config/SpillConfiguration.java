package dev.sluice.collector.config;

import dev.sluice.collector.egress.RawStream;
import dev.sluice.collector.egress.spill.DrainLoop;
import dev.sluice.collector.egress.spill.SpillConfig;
import dev.sluice.collector.egress.spill.SpillDrainer;
import dev.sluice.collector.egress.spill.SpillWriter;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.runtime.config.MissingTables;
import dev.sluice.runtime.leader.DynamoLockRecords;
import dev.sluice.runtime.leader.LeaderElection;
import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.leader.LeaseLock;
import dev.sluice.runtime.objects.ObjectStore;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.InstantSource;
import java.util.UUID;

/// The way past a stream that takes nothing, and back.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("sluice.collector.spill.enabled")
class SpillConfiguration {

    private static final String LOCK = "spill-drainer";

    private final String process = UUID.randomUUID().toString();

    @Bean
    CircuitBreaker spillBreaker(CircuitBreakerRegistry breakers) {
        return breakers.circuitBreaker("spill");
    }

    @Bean
    SpillWriter spillWriter(
            ObjectStore objects,
            CircuitBreaker spillBreaker,
            SpillProperties spill,
            StreamProperties stream,
            InstantSource clock,
            MeterRegistry meters) {
        return new SpillWriter(
                objects,
                frames(stream, clock),
                process,
                new SpillConfig(
                        spill.bytesInFlight().toBytes(),
                        spill.objectSize().toBytes(),
                        spill.maxPuts(),
                        spill.timeLimit()),
                spillBreaker,
                clock,
                meters);
    }

    @Bean(initMethod = "start")
    @ConditionalOnMissingBean(LeaderLock.class)
    LeaderElection drainerElection(DynamoDbClient dynamo, SpillProperties spill) {
        String table =
                new MissingTables(dynamo, spill.createLocks())
                        .ensure(DynamoLockRecords.table(spill.locks()));
        LeaseLock lock =
                new LeaseLock(
                        new DynamoLockRecords(dynamo, table, LOCK),
                        process,
                        spill.lease(),
                        InstantSource.system());
        return new LeaderElection(lock, spill.lease().dividedBy(4), InstantSource.system());
    }

    @Bean(initMethod = "start")
    DrainLoop drainLoop(
            ObjectStore objects,
            RawStream rawStream,
            LeaderLock leader,
            CircuitBreaker rawStreamBreaker,
            SpillProperties spill,
            StreamProperties stream,
            InstantSource clock,
            MeterRegistry meters) {
        SpillDrainer drainer =
                new SpillDrainer(
                        objects,
                        frames(stream, clock),
                        events -> rawStream.send(events, spill.drainTimeLimit()),
                        leader,
                        () -> rawStreamBreaker.getState() != CircuitBreaker.State.OPEN,
                        clock,
                        meters);
        return new DrainLoop(drainer::drain, spill.drainInterval());
    }

    private FrameEncoder frames(StreamProperties stream, InstantSource clock) {
        return new FrameEncoder(
                FrameLimits.DEFAULT,
                Math.toIntExact(stream.frame().toBytes()),
                UUID.fromString(process),
                clock);
    }
}
