package dev.sluice.collector.config;

import dev.sluice.collector.egress.BooksTimer;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.publish.GroupCommitPublisher;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// How the collector ends after SIGTERM, in this order:
///
/// 1. Readiness fails. Intake goes on for the drain time, until the load balancer has let go.
/// 2. Intake stops: Boot's graceful shutdown refuses new requests and waits for those under way.
///    Each of them is answered, after the stream has its events or with a 503.
/// 3. The publisher is flushed: what was accepted for a sender who no longer waits.
/// 4. The books are flushed: what was accepted since they were last.
/// 5. The clients of stream and books are closed, with the other beans.
///
/// Spring stops lifecycles from the highest phase to the lowest.
@Configuration(proxyBeanMethods = false)
class ShutdownOrder {

    static final int FAIL_READINESS = Integer.MAX_VALUE;
    static final int STOP_INTAKE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    static final int FLUSH_PUBLISHER =
            WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
    static final int FLUSH_BOOKS = FLUSH_PUBLISHER - 1024;

    @Bean
    SmartLifecycle readinessFailure(
            ApplicationEventPublisher events, ShutdownProperties properties) {
        return new Phase(
                FAIL_READINESS,
                done -> {
                    AvailabilityChangeEvent.publish(
                            events, ShutdownOrder.class, ReadinessState.REFUSING_TRAFFIC);
                    CompletableFuture.delayedExecutor(
                                    properties.drain().toMillis(), TimeUnit.MILLISECONDS)
                            .execute(done);
                });
    }

    @Bean
    SmartLifecycle publisherFlush(GroupCommitPublisher<SectionedEvent> publisher) {
        return new Phase(
                FLUSH_PUBLISHER,
                done -> {
                    publisher.close();
                    done.run();
                });
    }

    @Bean
    SmartLifecycle booksFlush(BooksTimer timer) {
        return new Phase(
                FLUSH_BOOKS,
                done -> {
                    timer.close();
                    done.run();
                });
    }
}
