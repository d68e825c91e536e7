package dev.sluice.collector.producers;

import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// How much each producer may send through this task: token buckets of events and of bytes that
/// hold one second's worth. What a request holds beyond that is paid back before the next one
/// passes. Thread-safe.
public final class RateLimits {

    private final LongSupplier nanos;
    private final Map<Source, Buckets> buckets = new ConcurrentHashMap<>();

    /// @param nanos a clock that never goes back, such as `System::nanoTime`
    public RateLimits(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// @return zero if a request of so many bytes may pass, else how long its sender should wait
    public Duration take(Producer producer, long bytes) {
        return isFree(producer)
                ? Duration.ZERO
                : of(producer).take(producer, 1, bytes, nanos.getAsLong());
    }

    /// A request that passed turned out to hold so many events.
    public void held(Producer producer, long events) {
        if (!isFree(producer) && events > 1) {
            of(producer).spend(events - 1);
        }
    }

    private static boolean isFree(Producer producer) {
        return producer.eventsPerSecond() == 0 && producer.bytesPerSecond() == 0;
    }

    private Buckets of(Producer producer) {
        return buckets.computeIfAbsent(
                new Source(producer.tenantId(), producer.sourceId()),
                source -> new Buckets(nanos.getAsLong()));
    }

    private record Source(TenantId tenant, SourceId source) {}

    private static final class Buckets {
        private static final double SECOND = 1e9;

        private long last;
        private double events = Double.NaN;
        private double bytes = Double.NaN;

        Buckets(long now) {
            last = now;
        }

        synchronized Duration take(Producer producer, long moreEvents, long moreBytes, long now) {
            double passed = Math.max(0, now - last) / SECOND;
            last = Math.max(last, now);
            events = refilled(events, producer.eventsPerSecond(), passed);
            bytes = refilled(bytes, producer.bytesPerSecond(), passed);
            double wait =
                    Math.max(
                            wait(events, moreEvents, producer.eventsPerSecond()),
                            wait(bytes, moreBytes, producer.bytesPerSecond()));
            if (wait > 0) {
                return Duration.ofNanos((long) Math.ceil(wait * SECOND));
            }
            events -= moreEvents;
            bytes -= moreBytes;
            return Duration.ZERO;
        }

        synchronized void spend(long moreEvents) {
            events -= moreEvents;
        }

        private static double refilled(double tokens, long perSecond, double passed) {
            return Double.isNaN(tokens)
                    ? perSecond
                    : Math.min(perSecond, tokens + passed * perSecond);
        }

        /// Seconds until there is enough, or until the bucket is full.
        private static double wait(double tokens, long wanted, long perSecond) {
            return perSecond == 0 ? 0 : (Math.min(wanted, perSecond) - tokens) / perSecond;
        }
    }
}
