package dev.sluice.collector.config;

import dev.sluice.collector.egress.RawStream;
import dev.sluice.collector.egress.spill.DrainLoop;
import dev.sluice.collector.egress.spill.PacedStream;
import dev.sluice.collector.egress.spill.SpillConfig;
import dev.sluice.collector.egress.spill.SpillDrainer;
import dev.sluice.collector.egress.spill.SpillWriter;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.runtime.config.MissingTables;
import dev.sluice.runtime.leader.DynamoLockRecords;
import dev.sluice.runtime.leader.LeaderElection;
import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.leader.LeaseLock;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.publish.GroupCommitConfig;
import dev.sluice.runtime.publish.GroupCommitPublisher;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.stream.StreamName;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.SmartLifecycle;
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
            ObjectProvider<ObjectStore> objects,
            CircuitBreaker spillBreaker,
            SpillProperties spill,
            StreamProperties stream,
            InstantSource clock,
            MeterRegistry meters) {
        return new SpillWriter(
                bucket(objects),
                frames(stream, clock),
                process,
                new SpillConfig(
                        spill.bytesInFlight().toBytes(),
                        spill.objectSize().toBytes(),
                        spill.maxPuts(),
                        spill.linger(),
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

    /// One call at a time, which may take its time: live events come first.
    @Bean
    GroupCommitPublisher<SectionedEvent> drainPublisher(
            StreamClient client,
            StreamProperties stream,
            GroupCommitConfig config,
            SpillProperties spill,
            InstantSource clock,
            MeterRegistry meters) {
        return EgressConfiguration.publisher(
                client,
                stream,
                config.withMaxPutsInFlight(1),
                spill.drainTimeLimit(),
                clock,
                meters);
    }

    /// Closed by a {@link Phase}, as soon as the end begins: another task can go on at once.
    @Bean(initMethod = "start", destroyMethod = "")
    DrainLoop drainLoop(
            ObjectProvider<ObjectStore> objects,
            @Qualifier("drainPublisher") GroupCommitPublisher<SectionedEvent> drainPublisher,
            LeaderLock leader,
            CircuitBreaker rawStreamBreaker,
            SpillProperties spill,
            StreamProperties stream,
            InstantSource clock,
            MeterRegistry meters) {
        RawStream drain =
                new RawStream(
                        new StreamName(stream.name()), drainPublisher::submit, rawStreamBreaker);
        SpillDrainer drainer =
                new SpillDrainer(
                        bucket(objects),
                        frames(stream, clock),
                        new PacedStream(drain::send, spill.drainPiece().toBytes()),
                        leader,
                        () -> rawStreamBreaker.getState() != CircuitBreaker.State.OPEN,
                        clock,
                        meters);
        return new DrainLoop(drainer::drain, spill.drainInterval());
    }

    @Bean
    SmartLifecycle drainLoopEnd(DrainLoop loop) {
        return new Phase(
                ShutdownOrder.FAIL_READINESS,
                done ->
                        Thread.ofVirtual()
                                .name("spill-drain-end")
                                .start(
                                        () -> {
                                            loop.close();
                                            done.run();
                                        }));
    }

    private static ObjectStore bucket(ObjectProvider<ObjectStore> objects) {
        return objects.getIfAvailable(
                () -> {
                    throw new IllegalStateException(
                            "sluice.objects.bucket is not set: name the bucket that takes events"
                                    + " while the stream does not, or set"
                                    + " sluice.collector.spill.enabled to false");
                });
    }

    private FrameEncoder frames(StreamProperties stream, InstantSource clock) {
        return new FrameEncoder(
                FrameLimits.DEFAULT,
                Math.toIntExact(stream.frame().toBytes()),
                UUID.fromString(process),
                clock);
    }
}
