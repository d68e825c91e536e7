package dev.sluice.collector.config;

import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Down while the circuit breaker is open, with the publisher's words for why. Only so long: a
/// collector that is down gets no requests, and without requests it would never learn that the
/// stream is well again. A half-open breaker is therefore up.
final class RawStreamHealthIndicator implements HealthIndicator {

    private final HealthSource publisher;
    private final CircuitBreaker breaker;

    RawStreamHealthIndicator(HealthSource publisher, CircuitBreaker breaker) {
        this.publisher = publisher;
        this.breaker = breaker;
    }

    @Override
    public Health health() {
        HealthReport report = publisher.health();
        boolean open = breaker.getState() == CircuitBreaker.State.OPEN;
        Health.Builder health = open ? Health.down() : Health.up();
        if (!report.up()) {
            health.withDetail("why", report.why());
        } else if (open) {
            health.withDetail("why", "most of the last requests could not be stored in time");
        }
        return health.withDetail("circuit_breaker", breaker.getState().name())
                .withDetails(report.details())
                .build();
    }
}
