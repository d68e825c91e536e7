package dev.sluice.collector.ingress;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// How many requests are worked on at once: as many as are answered in time, found out by additive
/// increase and multiplicative decrease. Without it all requests get slow together when there are
/// more than the processor can do, and none is stored within its time limit. Thread-safe.
public final class Admission {

    private static final int FIRST_OF_A_PROCESSOR = 64;
    private static final int LEAST = 16;

    private final SimpleLimiter<Void> limiter;
    private final Duration slow;
    private final IntSupplier room;
    private final Duration retryAfter;
    private final LongSupplier nanos;

    /// @param slow a request that is worked on for longer is a sign that there are too many
    /// @param most requests at once, however fast they are
    /// @param room how many requests may be worked on for now, whatever else: none while no place
    ///     takes events, a few while one is tried again
    /// @param retryAfter what a client is told that is not let in
    public Admission(
            Duration slow, int most, IntSupplier room, Duration retryAfter, MeterRegistry meters) {
        this(slow, most, room, retryAfter, System::nanoTime, meters);
    }

    Admission(
            Duration slow,
            int most,
            IntSupplier room,
            Duration retryAfter,
            LongSupplier nanos,
            MeterRegistry meters) {
        this.slow = slow;
        this.room = room;
        this.retryAfter = retryAfter;
        this.nanos = nanos;
        int first = FIRST_OF_A_PROCESSOR * Runtime.getRuntime().availableProcessors();
        limiter =
                SimpleLimiter.newBuilder()
                        .nanoClock(nanos)
                        .limit(
                                AIMDLimit.newBuilder()
                                        .initialLimit(Math.min(first, most))
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

    /// A request is being worked on until this is closed.
    final class Turn implements AutoCloseable {

        private final Limiter.Listener listener;
        private final long began = nanos.getAsLong();
        private boolean answered;

        private Turn(Limiter.Listener listener) {
            this.listener = listener;
        }

        /// It got what it came for. One that was turned away quickly says nothing of the number.
        void answered() {
            answered = true;
        }

        @Override
        public void close() {
            if (answered) {
                listener.onSuccess();
            } else if (nanos.getAsLong() - began > slow.toNanos()) {
                listener.onDropped();
            } else {
                listener.onIgnore();
            }
        }
    }

    /// Lets a request in that has not been read yet, if one could be worked on now.
    ///
    /// @throws RequestRefusedException at no cost, if not
    void ask() throws RequestRefusedException {
        requireRoom();
        if (limiter.getInflight() >= limiter.getLimit()) {
            throw busy("too many requests at once; send the events again later");
        }
    }

    /// Lets a request in that has been read.
    ///
    /// @throws RequestRefusedException if too many are worked on
    Turn enter() throws RequestRefusedException {
        requireRoom();
        Limiter.Listener listener = limiter.acquire(null).orElse(null);
        if (listener == null) {
            throw busy("too many requests at once; send the events again later");
        }
        return new Turn(listener);
    }

    private void requireRoom() throws RequestRefusedException {
        if (limiter.getInflight() >= room.getAsInt()) {
            throw busy("nothing can be stored now; send the events again later");
        }
    }

    private RequestRefusedException busy(String message) {
        return new RequestRefusedException(Answers.unavailable(message, retryAfter));
    }
}
