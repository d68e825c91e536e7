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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Makes events durable within a time limit, or says at once that it cannot. Thread-safe.
public final class RawStream implements DurableEvents {

    private final StreamName stream;
    private final EventSink sink;
    private final CircuitBreaker breaker;
    private final Duration timeLimit;

    /// @param breaker opens while the stream fails; a sink that is merely full does not open it
    /// @param timeLimit after which the sender is told to come again
    public RawStream(
            StreamName stream, EventSink sink, CircuitBreaker breaker, Duration timeLimit) {
        this.stream = stream;
        this.sink = sink;
        this.breaker = breaker;
        this.timeLimit = timeLimit;
    }

    /// Returns when the stream has all of these events, which are handed in together.
    ///
    /// @throws TransientFailure if it does not have them now; after the time limit it may still get
    ///     them, and the same ids sent again are recognised
    /// @throws dev.sluice.runtime.failure.SetupFailure if it does not exist or access is refused
    @Override
    public void publish(List<AdmittedEvent> events) {
        send(keyed(events), timeLimit);
    }

    /// The same with a time limit for these events, which are of several requests.
    public void send(List<Keyed<SectionedEvent>> events, Duration within) {
        if (!breaker.tryAcquirePermission()) {
            throw new TransientFailure("stream " + stream + ": not tried, it has been failing");
        }
        switch (sink.submit(events)) {
            case Submission.Accepted accepted -> await(accepted, within);
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

    private void await(Submission.Accepted accepted, Duration within) {
        long start = breaker.getCurrentTimestamp();
        try {
            accepted.await(within);
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
