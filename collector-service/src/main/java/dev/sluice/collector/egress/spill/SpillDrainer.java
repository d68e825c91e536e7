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
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.stream.HashKey;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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

    /// Objects of one listing.
    private static final int ROUND = 200;

    /// Objects that are read, and deleted, at once.
    private static final int GROUP = 16;

    /// Most bytes of a group, compressed.
    private static final long GROUP_BYTES = 4 << 20;

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

    /// Sends on the oldest objects, a group of them.
    ///
    /// @return whether there may be more to do at once
    /// @throws TransientFailure if bucket or stream fail; nothing is lost, and it can be tried
    ///     again
    public boolean drain() {
        if (leader.claim().isEmpty()) {
            waiting(List.of());
            return false;
        }
        List<ObjectSummary> round = oldestObjects();
        waiting(round);
        if (round.isEmpty() || !streamIsWell.getAsBoolean()) {
            return false;
        }
        List<String> group = group(round);
        send(group);
        return group.size() < round.size();
    }

    private List<ObjectSummary> oldestObjects() {
        try (Stream<ObjectSummary> all = objects.list(SpillKeys.PREFIX)) {
            return all.limit(ROUND).toList();
        }
    }

    private static List<String> group(List<ObjectSummary> round) {
        List<String> keys = new ArrayList<>();
        long bytes = 0;
        for (ObjectSummary object : round) {
            bytes += object.size();
            if (!keys.isEmpty() && (keys.size() == GROUP || bytes > GROUP_BYTES)) {
                break;
            }
            keys.add(object.key());
        }
        return keys;
    }

    private void send(List<String> group) {
        List<Keyed<SectionedEvent>> events = new ArrayList<>();
        List<String> done = new ArrayList<>();
        // an object that is gone was sent by another task
        List<Optional<byte[]>> contents = AtOnce.map(group, objects::read);
        for (int i = 0; i < group.size(); i++) {
            String key = group.get(i);
            Optional<byte[]> content = contents.get(i);
            if (content.isPresent()) {
                Optional<List<SectionedEvent>> readable = format.read(content.get());
                if (readable.isPresent()) {
                    readable.get().forEach(event -> events.add(keyed(event)));
                    done.add(key);
                } else {
                    setAside(key, content.get());
                }
            }
        }
        stream.accept(events);
        AtOnce.run(done, objects::delete);
        drained.increment(events.size());
    }

    private static Keyed<SectionedEvent> keyed(SectionedEvent event) {
        return new Keyed<>(HashKey.of(Receipt.decode(event.receipt()).partitionKey()), event);
    }

    /// Damage is for people: the object is kept, out of the way.
    private void setAside(String key, byte[] content) {
        String aside = DAMAGED + key.substring(SpillKeys.PREFIX.length());
        objects.write(aside, content);
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
