package dev.sluice.runtime.reference;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Reads many objects, some at a time: a set may have thousands, and each takes a round trip.
final class ManyReads {

    private static final int AT_ONCE = 16;

    private final Queue<String> left;
    private final Function<String, byte[]> reader;
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    private ManyReads(Collection<String> objects, Function<String, byte[]> reader) {
        left = new ConcurrentLinkedQueue<>(objects);
        this.reader = reader;
    }

    /// The contents by object.
    ///
    /// @throws RuntimeException the reader's first; after it no further object is read
    static Map<String, byte[]> of(Collection<String> objects, Function<String, byte[]> reader) {
        ManyReads reads = new ManyReads(objects, reader);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(AT_ONCE, objects.size()); i++) {
                threads.execute(reads::run);
            }
        }
        RuntimeException failed = reads.failure.get();
        if (failed != null) {
            throw failed;
        }
        return reads.contents;
    }

    private void run() {
        for (String next = left.poll(); next != null; next = left.poll()) {
            try {
                contents.put(next, reader.apply(next));
            } catch (RuntimeException e) {
                left.clear();
                failure.compareAndSet(null, e);
            }
        }
    }
}
