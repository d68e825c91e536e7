package dev.sluice.loader.publish;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;

import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Stream;

/// A store whose publications are counted, and may be made to fail, before they happen.
record EffectLimit(ObjectStore store, Runnable beforePublish) implements ObjectStore {

    @Override
    public PendingObject begin(String key) {
        PendingObject pending = store.begin(key);
        return new PendingObject() {
            @Override
            public OutputStream content() {
                return pending.content();
            }

            @Override
            public ObjectSummary publish() {
                beforePublish.run();
                return pending.publish();
            }

            @Override
            public void discard() {
                pending.discard();
            }
        };
    }

    @Override
    public Optional<byte[]> read(String key) {
        return store.read(key);
    }

    @Override
    public Stream<ObjectSummary> list(String prefix) {
        return store.list(prefix);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public String uri(String key) {
        return store.uri(key);
    }
}
