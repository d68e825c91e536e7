package dev.sluice.collector.egress.spill;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.leader.LeaderLock;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.stream.HashKey;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Sends what was spilled on to the stream, oldest first, while the stream is well and this task
/// leads. An object is deleted when the stream has all of it; a crash before that sends the same
/// receipts a second time, which the validator recognises. For one thread.
public final class SpillDrainer {

    static final String DAMAGED = "spill-damaged/";

    private static final Logger LOG = LoggerFactory.getLogger(SpillDrainer.class);

    /// Objects of one round; leadership and stream are looked at again before the next.
    private static final int ROUND = 50;

    private final ObjectStore objects;
    private final SpillFormat format;
    private final Consumer<List<Keyed<SectionedEvent>>> stream;
    private final LeaderLock leader;
    private final BooleanSupplier streamIsWell;
    private final InstantSource clock;
    private final Counter drained;
    private final Counter damaged;
    private volatile long objectsWaiting;
    private volatile Instant oldest = Instant.MAX;

    /// @param stream returns when it has the events, or throws
    /// @param streamIsWell whether it is worth a try
    public SpillDrainer(
            ObjectStore objects,
            FrameEncoder frames,
            Consumer<List<Keyed<SectionedEvent>>> stream,
            LeaderLock leader,
            BooleanSupplier streamIsWell,
            InstantSource clock,
            MeterRegistry meters) {
        this.objects = objects;
        this.stream = stream;
        this.leader = leader;
        this.streamIsWell = streamIsWell;
        this.clock = clock;
        format = new SpillFormat(frames, new FrameDecoder(FrameLimits.DEFAULT));
        drained = meters.counter("sluice.collector.spill.events", "outcome", "drained");
        damaged = meters.counter("sluice.collector.spill.objects.damaged");
        Gauge.builder("sluice.collector.spill.objects.waiting", this, it -> it.objectsWaiting)
                .register(meters);
        Gauge.builder("sluice.collector.spill.oldest.age", this, SpillDrainer::oldestAgeSeconds)
                .baseUnit("seconds")
                .register(meters);
    }

    /// Sends on what one round takes.
    ///
    /// @return whether there may be more to do at once
    /// @throws TransientFailure if bucket or stream fail; nothing is lost, and it can be tried
    // again
    public boolean drain() {
        if (leader.claim().isEmpty()) {
            waiting(List.of());
            return false;
        }
        List<ObjectSummary> round = oldestObjects();
        waiting(round);
        for (ObjectSummary object : round) {
            if (!streamIsWell.getAsBoolean() || leader.claim().isEmpty()) {
                return false;
            }
            send(object.key());
        }
        return round.size() == ROUND;
    }

    private List<ObjectSummary> oldestObjects() {
        try (Stream<ObjectSummary> all = objects.list(SpillKeys.PREFIX)) {
            return all.limit(ROUND).toList();
        }
    }

    private void send(String key) {
        Optional<byte[]> content = objects.read(key);
        if (content.isEmpty()) {
            return; // another task was faster
        }
        Optional<List<SectionedEvent>> events = format.read(content.get());
        if (events.isEmpty()) {
            setAside(key, content.get());
            return;
        }
        publish(events.get());
        objects.delete(key);
        drained.increment(events.get().size());
    }

    private void publish(List<SectionedEvent> events) {
        stream.accept(events.stream().map(SpillDrainer::keyed).toList());
    }

    private static Keyed<SectionedEvent> keyed(SectionedEvent event) {
        return new Keyed<>(HashKey.of(Receipt.decode(event.receipt()).partitionKey()), event);
    }

    /// Damage is for people: the object is kept, out of the way.
    private void setAside(String key, byte[] content) {
        String aside = DAMAGED + key.substring(SpillKeys.PREFIX.length());
        try (PendingObject object = objects.begin(aside)) {
            object.content().write(content);
            object.publish();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build " + objects.uri(aside), e);
        }
        objects.delete(key);
        damaged.increment();
        LOG.error("{} is damaged, kept as {}", objects.uri(key), objects.uri(aside));
    }

    private void waiting(List<ObjectSummary> round) {
        objectsWaiting = round.size();
        oldest = round.isEmpty() ? Instant.MAX : SpillKeys.begunAt(round.getFirst().key());
    }

    private double oldestAgeSeconds() {
        Instant since = oldest;
        return since.equals(Instant.MAX)
                ? 0
                : Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}
