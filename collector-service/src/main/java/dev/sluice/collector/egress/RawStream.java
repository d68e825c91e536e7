package dev.sluice.collector.egress;

import dev.sluice.collector.process.door.AdmittedEvent;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.Submission;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.StreamName;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Makes events durable before the sink's deadline, or says at once that it cannot. Thread-safe.
public final class RawStream implements DurableEvents {

    private final StreamName stream;
    private final EventSink sink;
    private final CircuitBreaker breaker;

    /// @param breaker opens while the stream fails; a sink that is merely full does not open it
    public RawStream(StreamName stream, EventSink sink, CircuitBreaker breaker) {
        this.stream = stream;
        this.sink = sink;
        this.breaker = breaker;
    }

    /// Returns when the stream has all of these events, which are handed in together.
    ///
    /// @throws TransientFailure if it does not have them now; after the deadline it may still get
    ///     them, and the same ids sent again are recognised
    /// @throws dev.sluice.runtime.failure.SetupFailure if it does not exist or access is refused
    @Override
    public void publish(List<AdmittedEvent> events) {
        send(keyed(events));
    }

    /// The same for events whose keys are hashed.
    public void send(List<Keyed<SectionedEvent>> events) {
        if (!breaker.tryAcquirePermission()) {
            throw new TransientFailure("stream " + stream + ": not tried, it has been failing");
        }
        switch (sink.submit(events)) {
            case Submission.Accepted accepted -> await(accepted);
            case Submission.Full full -> {
                breaker.releasePermission();
                throw new TransientFailure(
                        "stream %s: %d of %d bytes are in flight"
                                .formatted(stream, full.bytesInFlight(), full.limit()));
            }
            case Submission.Closing() -> {
                breaker.releasePermission();
                throw new TransientFailure("stream " + stream + ": its publisher is closing");
            }
        }
    }

    private void await(Submission.Accepted accepted) {
        long start = breaker.getCurrentTimestamp();
        try {
            accepted.await();
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
        } catch (RuntimeException failure) {
            breaker.onError(
                    breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), failure);
            throw failure;
        }
    }

    /// The events of a request are mostly one device's, so a hash is kept until the key changes.
    private static List<Keyed<SectionedEvent>> keyed(List<AdmittedEvent> events) {
        List<Keyed<SectionedEvent>> keyed = new ArrayList<>(events.size());
        @Nullable String key = null;
        HashKey hash = HashKey.MIN;
        for (AdmittedEvent event : events) {
            if (!event.partitionKey().equals(key)) {
                key = event.partitionKey();
                hash = HashKey.of(key);
            }
            keyed.add(new Keyed<>(hash, event.event()));
        }
        return keyed;
    }
}
