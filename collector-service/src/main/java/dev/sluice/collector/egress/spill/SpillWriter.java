package dev.sluice.collector.egress.spill;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes events durable in the bucket. Requests that come within the linger time share an object,
/// so that the bucket sees few objects however many requests there are. What waits is bounded; past
/// the bound, and while the bucket fails, nothing is taken. Thread-safe.
public final class SpillWriter {

    private static final Logger LOG = LoggerFactory.getLogger(SpillWriter.class);

    private final ObjectStore objects;
    private final SpillFormat format;
    private final SpillKeys keys;
    private final SpillConfig config;
    private final CircuitBreaker breaker;
    private final Counter spilled;
    private final Counter failed;
    private final Queue<Batch> waiting = new ArrayDeque<>();
    private long bytes;
    private long waitingBytes;
    private boolean gathering;
    private int puts;

    /// @param process a name that no other process ever had
    /// @param breaker opens while the bucket fails
    public SpillWriter(
            ObjectStore objects,
            FrameEncoder frames,
            String process,
            SpillConfig config,
            CircuitBreaker breaker,
            InstantSource clock,
            MeterRegistry meters) {
        this.objects = objects;
        this.config = config;
        this.breaker = breaker;
        format = new SpillFormat(frames, new FrameDecoder(FrameLimits.DEFAULT));
        keys = new SpillKeys(process, clock);
        spilled = meters.counter("sluice.collector.spill.events", "outcome", "spilled");
        failed = meters.counter("sluice.collector.spill.events", "outcome", "failed");
        Gauge.builder("sluice.collector.spill.bytes.inflight", this, SpillWriter::bytes)
                .baseUnit("bytes")
                .register(meters);
    }

    /// Returns when the bucket has the events.
    ///
    /// @throws TransientFailure if it does not have them now; after the time limit it may still get
    ///     them
    public void store(List<SectionedEvent> events) {
        if (!breaker.tryAcquirePermission()) {
            failed.increment(events.size());
            throw new TransientFailure("spill: not tried, the bucket has been failing");
        }
        long start = breaker.getCurrentTimestamp();
        Batch batch = new Batch(events);
        if (!enqueue(batch)) {
            breaker.releasePermission();
            failed.increment(events.size());
            throw new TransientFailure(
                    "spill: more than %d bytes wait".formatted(config.maxBytes()));
        }
        try {
            await(batch);
            breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
            spilled.increment(events.size());
        } catch (RuntimeException failure) {
            breaker.onError(
                    breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), failure);
            failed.increment(events.size());
            throw failure;
        }
    }

    /// Writes an object and deletes it again, which shows that it can be done and makes the first
    /// time that counts a quick one.
    ///
    /// @throws RuntimeException why it cannot be done
    public void rehearse() {
        String key = keys.rehearsal();
        try (PendingObject object = objects.begin(key)) {
            object.publish();
        }
        objects.delete(key);
    }

    /// Bytes of events that wait or are being written.
    public synchronized long bytes() {
        return bytes;
    }

    private void await(Batch batch) {
        try {
            batch.stored.get(config.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            abandon(batch);
            throw new TransientFailure("spill: not stored within " + config.timeLimit(), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new TransientFailure("spill: not stored", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon(batch);
            throw new TransientFailure("spill: interrupted before all was stored", e);
        }
    }

    private synchronized boolean enqueue(Batch batch) {
        if (bytes + batch.bytes > config.maxBytes()) {
            return false;
        }
        bytes += batch.bytes;
        waitingBytes += batch.bytes;
        waiting.add(batch);
        startPut();
        if (waitingBytes >= config.maxObjectBytes()) {
            notifyAll(); // there is enough for an object
        }
        return true;
    }

    /// Nobody waits for it any more; if it is being written its bytes stay counted until that ends.
    private synchronized void abandon(Batch batch) {
        if (waiting.remove(batch)) {
            bytes -= batch.bytes;
            waitingBytes -= batch.bytes;
        }
    }

    private void startPut() {
        if (!gathering && puts < config.maxPuts() && !waiting.isEmpty()) {
            gathering = true;
            puts++;
            Thread.ofVirtual().name("spill-put").start(this::put);
        }
    }

    private void put() {
        List<Batch> batches = gather();
        @Nullable RuntimeException failure = batches.isEmpty() ? null : write(batches);
        finish(batches); // before anybody is told, so that who is told finds the room free
        for (Batch batch : batches) {
            if (failure == null) {
                batch.stored.complete(null);
            } else {
                batch.stored.completeExceptionally(failure);
            }
        }
    }

    private synchronized List<Batch> gather() {
        long end = System.nanoTime() + config.linger().toNanos();
        long left = config.linger().toMillis();
        while (left > 0 && waitingBytes < config.maxObjectBytes()) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        List<Batch> batches = take();
        gathering = false;
        startPut();
        return batches;
    }

    private List<Batch> take() {
        List<Batch> batches = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty()
                && (size == 0 || size + waiting.element().bytes <= config.maxObjectBytes())) {
            Batch batch = waiting.remove();
            size += batch.bytes;
            batches.add(batch);
        }
        waitingBytes -= size;
        return batches;
    }

    private synchronized void finish(List<Batch> batches) {
        puts--;
        for (Batch batch : batches) {
            bytes -= batch.bytes;
        }
        startPut();
    }

    /// Returns why the object is not there, if it is not.
    private @Nullable RuntimeException write(List<Batch> batches) {
        List<SectionedEvent> events = new ArrayList<>();
        batches.forEach(batch -> events.addAll(batch.events));
        try (PendingObject object = objects.begin(keys.next())) {
            format.write(events, object.content());
            object.publish();
            return null;
        } catch (IOException e) {
            return new UncheckedIOException("spill: an object cannot be built", e);
        } catch (RuntimeException failure) {
            LOG.debug("spill object not written: {}", failure.getMessage());
            return failure;
        }
    }

    private static final class Batch {
        private final List<SectionedEvent> events;
        private final long bytes;
        private final CompletableFuture<Void> stored = new CompletableFuture<>();

        Batch(List<SectionedEvent> events) {
            this.events = events;
            bytes = events.stream().mapToLong(SectionedEvent::size).sum();
        }
    }
}
