package dev.sluice.loader.queue;

import dev.sluice.runtime.memory.EffectLog;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A load queue in memory. Thread-safe.
public final class MemoryLoadQueue implements LoadQueue {

    private static final Comparator<LoadFile> OLDEST_FIRST =
            Comparator.comparing(LoadFile::createdAt).thenComparing(LoadFile::key);

    private final Map<String, LoadFile> waiting = new TreeMap<>();
    private final Map<String, BlockedFile> blocked = new TreeMap<>();
    private final InstantSource clock;
    private final EffectLog log;
    private final Runnable beforeCall;

    public MemoryLoadQueue() {
        this(InstantSource.system(), new EffectLog(), () -> {});
    }

    /// @param log gets every change
    /// @param beforeCall is run first by every method, and may throw
    public MemoryLoadQueue(InstantSource clock, EffectLog log, Runnable beforeCall) {
        this.clock = clock;
        this.log = log;
        this.beforeCall = beforeCall;
    }

    @Override
    public synchronized void add(Collection<LoadFile> files) {
        beforeCall.run();
        for (LoadFile file : files) {
            if (!blocked.containsKey(file.key()) && waiting.putIfAbsent(file.key(), file) == null) {
                log.note("queue " + file.key() + " rows=" + file.rows());
            }
        }
    }

    @Override
    public synchronized List<LoadFile> oldest(int limit) {
        beforeCall.run();
        return Stream.of(Lane.values())
                .flatMap(lane -> oldest(lane, limit))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    private Stream<LoadFile> oldest(Lane lane, int limit) {
        return waiting.values().stream()
                .filter(file -> file.lane() == lane)
                .sorted(OLDEST_FIRST)
                .limit(limit);
    }

    @Override
    public synchronized void remove(Collection<LoadFile> loaded) {
        beforeCall.run();
        for (LoadFile file : loaded) {
            boolean waited = waiting.remove(file.key()) != null;
            if (blocked.remove(file.key()) != null || waited) {
                log.note("unqueue " + file.key());
            }
        }
    }

    @Override
    public synchronized void setAside(LoadFile file, String why) {
        beforeCall.run();
        LoadFile waited = waiting.remove(file.key());
        if (waited != null) {
            blocked.put(file.key(), new BlockedFile(waited, why, clock.instant()));
            log.note("set aside " + file.key() + ": " + why);
        }
    }

    @Override
    public synchronized List<BlockedFile> blocked(int limit) {
        beforeCall.run();
        return blocked.values().stream()
                .sorted(Comparator.comparing(BlockedFile::file, OLDEST_FIRST))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean release(String key) {
        beforeCall.run();
        BlockedFile released = blocked.remove(key);
        if (released == null) {
            return false;
        }
        waiting.put(key, released.file());
        log.note("release " + key);
        return true;
    }

    @Override
    public synchronized boolean has(String key) {
        beforeCall.run();
        return waiting.containsKey(key) || blocked.containsKey(key);
    }

    @Override
    public synchronized QueueDepth depth() {
        beforeCall.run();
        return new QueueDepth(
                waiting.size(),
                waiting.values().stream()
                        .map(LoadFile::createdAt)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                blocked.size());
    }
}
