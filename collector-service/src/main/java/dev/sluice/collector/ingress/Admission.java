package dev.sluice.collector.ingress;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// How many requests are worked on at once: as many as are answered in time, found out by additive
/// increase and multiplicative decrease. Without it all requests get slow together when there are
/// more than the processor can do, and none is stored within its time limit. Thread-safe.
public final class Admission {

    private static final int FIRST = 256;
    private static final int LEAST = 16;

    private final SimpleLimiter<Void> limiter;
    private final BooleanSupplier canStore;
    private final Duration retryAfter;

    /// @param slow a request that is worked on for longer is a sign that there are too many
    /// @param most requests at once, however fast they are
    /// @param canStore whether there is any place for events now
    /// @param retryAfter what a client is told that is not let in
    public Admission(
            Duration slow,
            int most,
            BooleanSupplier canStore,
            Duration retryAfter,
            MeterRegistry meters) {
        this(slow, most, canStore, retryAfter, System::nanoTime, meters);
    }

    Admission(
            Duration slow,
            int most,
            BooleanSupplier canStore,
            Duration retryAfter,
            LongSupplier nanos,
            MeterRegistry meters) {
        this.canStore = canStore;
        this.retryAfter = retryAfter;
        limiter =
                SimpleLimiter.newBuilder()
                        .nanoClock(nanos)
                        .limit(
                                AIMDLimit.newBuilder()
                                        .initialLimit(Math.min(FIRST, most))
                                        .minLimit(Math.min(LEAST, most))
                                        .maxLimit(most)
                                        .timeout(slow.toMillis(), TimeUnit.MILLISECONDS)
                                        .build())
                        .build();
        Gauge.builder("sluice.collector.requests.limit", limiter, SimpleLimiter::getLimit)
                .register(meters);
        Gauge.builder("sluice.collector.requests.working", limiter, SimpleLimiter::getInflight)
                .register(meters);
    }

    /// Something is being worked on until this is closed.
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// Lets a request in that has not been read yet, if one could be worked on now.
    ///
    /// @throws RequestRefusedException at no cost, if not
    void ask() throws RequestRefusedException {
        if (!canStore.getAsBoolean()) {
            throw busy("nothing can be stored now; send the events again later");
        }
        if (limiter.getInflight() >= limiter.getLimit()) {
            throw busy("too many requests at once; send the events again later");
        }
    }

    /// Lets a request in that has been read.
    ///
    /// @throws RequestRefusedException if too many are worked on
    Turn enter() throws RequestRefusedException {
        Limiter.Listener listener = limiter.acquire(null).orElse(null);
        if (listener == null) {
            throw busy("too many requests at once; send the events again later");
        }
        return listener::onSuccess;
    }

    private RequestRefusedException busy(String message) {
        return new RequestRefusedException(Answers.unavailable(message, retryAfter));
    }
}
