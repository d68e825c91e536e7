package dev.sluice.collector.config;

import dev.sluice.collector.ingress.Admission;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import java.util.List;

/// Stream and bucket, as their circuit breakers know them. Asked for every request.
record StoragePlaces(List<CircuitBreaker> breakers) implements Admission.Places {

    @Override
    public int room() {
        int most = 0;
        for (CircuitBreaker breaker : breakers) {
            most = Math.max(most, room(breaker));
        }
        return most;
    }

    @Override
    public boolean well() {
        return breakers.stream()
                .allMatch(breaker -> breaker.getState() == CircuitBreaker.State.CLOSED);
    }

    /// How many requests may be on their way to a place. While it is tried again there are a few;
    /// the work that others make, only to be turned away, would keep these from an answer in time.
    private static int room(CircuitBreaker breaker) {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> 0;
            case HALF_OPEN ->
                    breaker.getCircuitBreakerConfig().getPermittedNumberOfCallsInHalfOpenState();
            case CLOSED, DISABLED, METRICS_ONLY -> Integer.MAX_VALUE;
        };
    }
}
