package dev.sluice.collector.config;

import dev.sluice.collector.egress.BooksTimer;
import dev.sluice.collector.egress.DoorBooks;
import dev.sluice.collector.egress.RawStream;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.config.BooksConfiguration;
import dev.sluice.runtime.publish.GroupCommitConfig;
import dev.sluice.runtime.publish.GroupCommitPublisher;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.stream.StreamName;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/// The way to the raw stream, and to the books.
@Configuration(proxyBeanMethods = false)
@Import(BooksConfiguration.class)
class EgressConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(EgressConfiguration.class);

    /// Closed by {@link ShutdownOrder}, when nobody hands in events any more.
    @Bean(destroyMethod = "")
    @Primary
    GroupCommitPublisher<SectionedEvent> rawStreamPublisher(
            StreamClient client,
            StreamProperties stream,
            GroupCommitConfig config,
            InstantSource clock,
            MeterRegistry registry) {
        GroupCommitPublisher<SectionedEvent> publisher =
                publisher(client, stream, config, stream.timeLimit(), clock, registry);
        Gauge.builder("sluice.put.bytes.inflight", publisher, GroupCommitPublisher::bytesInFlight)
                .tag("stream", stream.name())
                .register(registry);
        return publisher;
    }

    /// @param deadline how long senders wait at most
    static GroupCommitPublisher<SectionedEvent> publisher(
            StreamClient client,
            StreamProperties stream,
            GroupCommitConfig config,
            Duration deadline,
            InstantSource clock,
            MeterRegistry registry) {
        FrameEncoder frames =
                new FrameEncoder(
                        FrameLimits.DEFAULT,
                        Math.toIntExact(stream.frame().toBytes()),
                        UUID.randomUUID(),
                        clock);
        return new GroupCommitPublisher<>(
                client,
                new StreamName(stream.name()),
                frames::encode,
                SectionedEvent::size,
                config.withDeadline(deadline),
                registry);
    }

    @Bean
    CircuitBreaker rawStreamBreaker(CircuitBreakerRegistry breakers, StreamProperties stream) {
        CircuitBreaker breaker = breakers.circuitBreaker("raw-stream");
        breaker.getEventPublisher()
                .onStateTransition(
                        change ->
                                LOG.warn(
                                        "stream {}: circuit breaker {}",
                                        stream.name(),
                                        change.getStateTransition()));
        return breaker;
    }

    @Bean
    RawStream rawStream(
            GroupCommitPublisher<SectionedEvent> publisher,
            CircuitBreaker rawStreamBreaker,
            StreamProperties stream) {
        return new RawStream(new StreamName(stream.name()), publisher::submit, rawStreamBreaker);
    }

    @Bean
    DoorBooks doorBooks(BooksStore store, MeterRegistry registry) {
        return new DoorBooks(
                UUID.randomUUID().toString(), new BooksWriter("collector", store, registry));
    }

    /// Closed by {@link ShutdownOrder}, when nothing is accepted any more.
    @Bean(initMethod = "start", destroyMethod = "")
    BooksTimer booksTimer(DoorBooks books, BooksProperties properties) {
        return new BooksTimer(books, properties.flushInterval(), properties.lastFlush());
    }

    @Bean
    RawStreamHealthIndicator rawStreamHealthIndicator(
            GroupCommitPublisher<SectionedEvent> publisher,
            CircuitBreaker rawStreamBreaker,
            CircuitBreakerRegistry breakers,
            SpillProperties spill) {
        return new RawStreamHealthIndicator(
                publisher,
                rawStreamBreaker,
                spill.enabled() ? breakers.circuitBreaker("spill") : null);
    }
}
