package dev.sluice.collector.config;

import dev.sluice.runtime.health.HealthReport;
import dev.sluice.runtime.health.HealthSource;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Down while the circuit breaker is open and no bucket takes the events meanwhile, with the
/// publisher's words for why. Only so long: a collector that is down gets no requests, and without
/// requests it would never learn that the stream is well again. A half-open breaker is therefore
/// up.
final class RawStreamHealthIndicator implements HealthIndicator {

    private final HealthSource publisher;
    private final CircuitBreaker breaker;
    private final @Nullable CircuitBreaker spill;

    /// @param spill around the bucket that takes events meanwhile; null if none does
    RawStreamHealthIndicator(
            HealthSource publisher, CircuitBreaker breaker, @Nullable CircuitBreaker spill) {
        this.publisher = publisher;
        this.breaker = breaker;
        this.spill = spill;
    }

    @Override
    public Health health() {
        HealthReport report = publisher.health();
        boolean open = breaker.getState() == CircuitBreaker.State.OPEN;
        boolean spilling = spill != null && spill.getState() != CircuitBreaker.State.OPEN;
        Health.Builder health = open && !spilling ? Health.down() : Health.up();
        if (!report.up()) {
            health.withDetail("why", report.why());
        } else if (open) {
            health.withDetail("why", "most of the last requests could not be stored in time");
        }
        if (spill != null) {
            health.withDetail("spill_circuit_breaker", spill.getState().name());
        }
        return health.withDetail("circuit_breaker", breaker.getState().name())
                .withDetails(report.details())
                .build();
    }
}
