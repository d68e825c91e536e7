package dev.sluice.runtime.memory;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ConditionalObjects;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;
import dev.sluice.runtime.objects.TaggedObject;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A bucket in memory, with failures on request. Thread-safe.
public final class MemoryObjectStore implements ObjectStore, ConditionalObjects {

    private record Stored(byte[] content, Instant modifiedAt, String tag) {}

    /// S3 lists keys in the order of their UTF-8 bytes, which is not the order of Java's strings.
    private static final Comparator<String> UTF_8_ORDER =
            (one, other) ->
                    Arrays.compareUnsigned(
                            one.getBytes(StandardCharsets.UTF_8),
                            other.getBytes(StandardCharsets.UTF_8));

    private final Map<String, Stored> objects = new TreeMap<>(UTF_8_ORDER);
    private final MemoryObjectFaults faults = new MemoryObjectFaults();
    private final String bucket;
    private final InstantSource clock;
    private final EffectLog log;
    private long tags;

    public MemoryObjectStore() {
        this("memory", InstantSource.system(), new EffectLog());
    }

    /// @param clock gives modification times
    /// @param log gets every publication and deletion
    public MemoryObjectStore(String bucket, InstantSource clock, EffectLog log) {
        this.bucket = bucket;
        this.clock = clock;
        this.log = log;
    }

    public MemoryObjectFaults faults() {
        return faults;
    }

    @Override
    public PendingObject begin(String key) {
        return new Pending(key);
    }

    @Override
    public synchronized Optional<byte[]> read(String key) {
        log.mustLive();
        faults.beforeCall(uri(key));
        return Optional.ofNullable(objects.get(key))
                .map(stored -> faults.afterRead(stored.content().clone()));
    }

    @Override
    public synchronized Optional<TaggedObject> readTagged(String key) {
        return read(key)
                .map(content -> new TaggedObject(content, Objects.requireNonNull(tag(key))));
    }

    @Override
    public synchronized boolean replace(String key, @Nullable String seen, byte[] content) {
        log.mustLive();
        faults.beforeCall(uri(key));
        if (!Objects.equals(tag(key), seen)) {
            return false;
        }
        publish(key, content.clone());
        return true;
    }

    private @Nullable String tag(String key) {
        Stored stored = objects.get(key);
        return stored == null ? null : stored.tag();
    }

    @Override
    public synchronized Stream<ObjectSummary> list(String prefix) {
        log.mustLive();
        faults.beforeCall(uri(prefix));
        return objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> summary(entry.getKey(), entry.getValue()))
                .toList()
                .stream();
    }

    @Override
    public synchronized void delete(String key) {
        log.mustLive();
        faults.beforeCall(uri(key));
        if (objects.remove(key) != null) {
            log.add(new Effect.ObjectDeleted(uri(key)));
        }
    }

    @Override
    public String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }

    private synchronized ObjectSummary publish(String key, byte[] content) {
        log.mustLive();
        faults.beforePublish(uri(key));
        Stored stored = new Stored(content, clock.instant(), String.valueOf(++tags));
        objects.put(key, stored);
        log.add(new Effect.ObjectPublished(uri(key), content.clone()));
        if (faults.answerLost()) {
            throw new TransientFailure(uri(key) + ": the answer of a publication was lost");
        }
        return summary(key, stored);
    }

    private static ObjectSummary summary(String key, Stored stored) {
        return new ObjectSummary(key, stored.content().length, stored.modifiedAt());
    }

    private final class Pending implements PendingObject {

        private final String key;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean ended;

        Pending(String key) {
            this.key = key;
        }

        @Override
        public OutputStream content() {
            return content;
        }

        @Override
        public ObjectSummary publish() {
            if (ended) {
                throw new IllegalStateException(uri(key) + " is published or discarded already");
            }
            ObjectSummary summary = MemoryObjectStore.this.publish(key, content.toByteArray());
            ended = true;
            return summary;
        }

        @Override
        public void discard() {
            ended = true;
            content.reset();
        }
    }
}
