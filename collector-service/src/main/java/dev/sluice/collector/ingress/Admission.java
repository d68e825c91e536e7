package dev.sluice.collector.ingress;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How many requests are worked on at once: as many as are answered in time, found out by additive
/// increase and multiplicative decrease. Without it all requests get slow together when there are
/// more than the processor can do, and none is stored within its time limit. Thread-safe.
public final class Admission {

    private static final int FIRST_OF_A_PROCESSOR = 64;
    private static final int LEAST_OF_A_PROCESSOR = 24;

    /// Under load some request is answered in time every few milliseconds. Where none was for this
    /// long, it is the places that are slow and not the senders who are too many.
    private static final Duration STALLED = Duration.ofMillis(250);

    /// Where events are put.
    public interface Places {

        /// How many requests may be worked on for now, whatever else: none while no place takes
        /// events, a few while one is tried again.
        int room();

        /// Whether every place takes events, as far as is known.
        boolean well();
    }

    private final SimpleLimiter<Void> limiter;
    private final Duration slow;
    private final Places places;
    private final RequestRefusedException nowhere;
    private final RequestRefusedException late;
    private final RequestRefusedException busy;
    private final LongSupplier nanos;
    private final Counter busyRequests;
    private volatile long lastInTime;

    /// @param slow a request that is worked on for longer is a sign that there are too many
    /// @param most requests at once, however fast they are
    /// @param places where the events of requests that are let in go
    /// @param retryAfter what a client is told that is not let in
    public Admission(
            Duration slow, int most, Places places, Duration retryAfter, MeterRegistry meters) {
        this(slow, most, places, retryAfter, System::nanoTime, meters);
    }

    Admission(
            Duration slow,
            int most,
            Places places,
            Duration retryAfter,
            LongSupplier nanos,
            MeterRegistry meters) {
        this.slow = slow;
        this.places = places;
        nowhere =
                new RequestRefusedException(
                        Answers.unavailable(
                                "nothing can be stored now; send the events again later",
                                retryAfter));
        late =
                new RequestRefusedException(
                        Answers.unavailable(
                                "the events cannot be stored in time; send them again later",
                                retryAfter));
        busy = new RequestRefusedException(Answers.busy(retryAfter));
        this.nanos = nanos;
        busyRequests = meters.counter("sluice.collector.requests.busy");
        lastInTime = nanos.getAsLong();
        int processors = Runtime.getRuntime().availableProcessors();
        limiter =
                SimpleLimiter.newBuilder()
                        .nanoClock(nanos)
                        .limit(
                                AIMDLimit.newBuilder()
                                        .initialLimit(
                                                Math.min(FIRST_OF_A_PROCESSOR * processors, most))
                                        .minLimit(Math.min(LEAST_OF_A_PROCESSOR * processors, most))
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
            long now = nanos.getAsLong();
            boolean inTime = now - began <= slow.toNanos();
            if (answered) {
                if (inTime) {
                    lastInTime = now;
                }
                listener.onSuccess();
            } else if (!inTime) {
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
            throw tooMany();
        }
    }

    /// Lets a request in that has been read.
    ///
    /// @throws RequestRefusedException if too many are worked on
    Turn enter() throws RequestRefusedException {
        requireRoom();
        Limiter.Listener listener = limiter.acquire(null).orElse(null);
        if (listener == null) {
            throw tooMany();
        }
        return new Turn(listener);
    }

    private void requireRoom() throws RequestRefusedException {
        if (limiter.getInflight() >= places.room()) {
            throw nowhere;
        }
    }

    /// While events are stored, one request that comes too much is told 429, after which its
    /// connection stays. Otherwise it is told what all are told when nothing can be stored.
    private RequestRefusedException tooMany() {
        if (!places.well() || nanos.getAsLong() - lastInTime > STALLED.toNanos()) {
            return late;
        }
        busyRequests.increment();
        return busy;
    }
}
