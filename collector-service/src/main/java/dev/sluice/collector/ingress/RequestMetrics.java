package dev.sluice.collector.ingress;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// `sluice.collector.requests{protocol,status}`, a timer from the request's head to the
/// answer's last byte, and `sluice.collector.bytes.inflight`, the bytes of bodies held.
public final class RequestMetrics {

    private final MeterRegistry registry;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    public RequestMetrics(MeterRegistry registry, BytesInFlight inFlight) {
        this.registry = registry;
        Gauge.builder("sluice.collector.bytes.inflight", inFlight, BytesInFlight::held)
                .baseUnit("bytes")
                .register(registry);
    }

    void answered(String protocol, int status, Duration took) {
        timers.computeIfAbsent(new Kind(protocol, status), this::timer).record(took);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("sluice.collector.requests")
                .tag("protocol", kind.protocol())
                .tag("status", String.valueOf(kind.status()))
                .publishPercentileHistogram()
                .register(registry);
    }

    private record Kind(String protocol, int status) {}
}
