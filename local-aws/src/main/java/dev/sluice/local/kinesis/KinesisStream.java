package dev.sluice.local.kinesis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// One stream: its manifest on disk, its shards, and the lock that keeps a write and a reshard
/// apart.
///
/// Writes share the lock, changes own it, reads do without: they work on an immutable [ShardMap]. A
/// change is on disk before it is visible.
final class KinesisStream implements AutoCloseable {

    private final Path directory;
    private final ManifestFile file;
    private final long segmentBytes;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile StreamManifest manifest;
    private volatile ShardMap shards;
    private volatile boolean deleted;

    private KinesisStream(Path directory, StreamManifest manifest, long segmentBytes) {
        this.directory = directory;
        this.file = new ManifestFile(directory);
        this.segmentBytes = segmentBytes;
        this.manifest = manifest;
        this.shards = new ShardMap(manifest.shards().stream().map(this::openShard).toList());
    }

    /// Opens a stream whose manifest is in the directory; shards that a crash left unfinished are
    /// swept away.
    static KinesisStream open(Path directory, long segmentBytes) {
        StreamManifest manifest = new ManifestFile(directory).read();
        List<Integer> known = manifest.shards().stream().map(ShardManifest::index).toList();
        for (Path child : Directories.children(directory)) {
            String name = child.getFileName().toString();
            if (name.startsWith(Directories.DOOMED)
                    || Shard.indexOf(name).map(i -> !known.contains(i)).orElse(false)) {
                Directories.delete(child);
            }
        }
        return new KinesisStream(directory, manifest, segmentBytes);
    }

    /// Makes a stream; the manifest is written last, so a crash before leaves nothing that would be
    /// opened.
    static KinesisStream create(Path directory, StreamManifest manifest, long segmentBytes) {
        KinesisStream stream = new KinesisStream(directory, manifest, segmentBytes);
        stream.file.write(manifest);
        return stream;
    }

    private Shard openShard(ShardManifest shard) {
        ShardLog log = ShardLog.open(directory.resolve(Shard.idOf(shard.index())), segmentBytes);
        return new Shard(shard, log, new ShardThroughput());
    }

    StreamManifest manifest() {
        return manifest;
    }

    String name() {
        return manifest.name();
    }

    ShardMap shards() {
        return shards;
    }

    /// Milliseconds since 1970 before which records and closed shards are gone.
    long horizon(long nowMillis) {
        return nowMillis - manifest.retention().toMillis();
    }

    /// Runs a write while no shard can be closed.
    <T> T write(Function<ShardMap, T> writing) {
        lock.readLock().lock();
        try {
            requirePresent();
            return writing.apply(shards);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Replaces the manifest, on disk first. New shards in it are opened, missing ones deleted.
    void change(UnaryOperator<StreamManifest> step) {
        lock.writeLock().lock();
        try {
            requirePresent();
            StreamManifest next = step.apply(manifest);
            Map<Integer, Shard> before = new HashMap<>();
            shards.all().forEach(s -> before.put(s.manifest().index(), s));
            List<Shard> after = new ArrayList<>();
            for (ShardManifest shard : next.shards()) {
                Shard known = before.remove(shard.index());
                after.add(known == null ? openShard(shard) : known.with(shard));
            }
            file.write(next);
            manifest = next;
            shards = new ShardMap(after);
            before.values().forEach(this::discard);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void discard(Shard shard) {
        shard.log().close();
        Directories.delete(directory.resolve(shard.id()));
    }

    /// Deletes what retention has run out for: segments, and shards closed for longer than it.
    void expire(long nowMillis) {
        long horizon = horizon(nowMillis);
        if (shards.all().stream().anyMatch(s -> !s.endedAtOrAfter(horizon))) {
            change(m -> m.withShards(m.shards().stream().filter(s -> isKept(s, horizon)).toList()));
        }
        shards.all().forEach(s -> s.log().expire(horizon));
    }

    private static boolean isKept(ShardManifest shard, long horizon) {
        Long closed = shard.closedMillis();
        return closed == null || closed >= horizon;
    }

    /// Stops all use and removes the files.
    void delete() {
        lock.writeLock().lock();
        try {
            deleted = true;
            close();
            Directories.delete(directory);
        } finally {
            lock.writeLock().unlock();
        }
    }

    boolean isDeleted() {
        return deleted;
    }

    private void requirePresent() {
        if (deleted) {
            throw KinesisError.notFound("Stream " + name() + " not found.");
        }
    }

    @Override
    public void close() {
        shards.all().forEach(s -> s.log().close());
    }
}
