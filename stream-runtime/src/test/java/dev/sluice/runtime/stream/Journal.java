package dev.sluice.runtime.stream;

import dev.sluice.runtime.failure.TransientFailure;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// What the handlers of one consumer were given, in the order in which they took it.
public final class Journal implements ShardHandlerFactory {

    /// A record, or the end of a shard's handler (`drained`, `abandoned`).
    public record Entry(ShardId shard, String text) {}

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final Map<ShardId, AtomicInteger> ticks = new ConcurrentHashMap<>();
    private final List<ShardStart> starts = new CopyOnWriteArrayList<>();
    private final List<Entry> hooks = new CopyOnWriteArrayList<>();
    private final AtomicBoolean unprepared = new AtomicBoolean();
    private final AtomicBoolean holding = new AtomicBoolean();
    private final AtomicInteger failures = new AtomicInteger();

    /// From now on nothing is acknowledged before a drain.
    public Journal holding() {
        holding.set(true);
        return this;
    }

    /// The next batches with records are refused, so many in all.
    public Journal failing(int times) {
        failures.set(times);
        return this;
    }

    /// From now on no checkpoint can be prepared.
    public Journal refusingCheckpoints() {
        unprepared.set(true);
        return this;
    }

    /// The calls around checkpoints and ends of shards: `open`, `before 7`, `after 7`, `before
    /// end`.
    public List<Entry> hooks() {
        return List.copyOf(hooks);
    }

    /// Those of one shard, in order.
    public List<String> hooks(ShardId shard) {
        return hooks.stream().filter(e -> e.shard().equals(shard)).map(Entry::text).toList();
    }

    /// Records and ends, in order.
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// The texts of the records of a shard, in order.
    public List<String> of(ShardId shard) {
        return entries.stream()
                .filter(e -> e.shard().equals(shard) && !isEnd(e))
                .map(Entry::text)
                .toList();
    }

    /// The texts of all records.
    public List<String> texts() {
        return entries.stream().filter(e -> !isEnd(e)).map(Entry::text).toList();
    }

    /// Where each handler began, in order.
    public List<ShardStart> starts() {
        return List.copyOf(starts);
    }

    /// Calls of a shard's handler up to now, idle ones too.
    public int ticks(ShardId shard) {
        AtomicInteger count = ticks.get(shard);
        return count == null ? 0 : count.get();
    }

    /// Notes something in the order of all.
    public void note(ShardId shard, String text) {
        entries.add(new Entry(shard, text));
    }

    private static boolean isEnd(Entry entry) {
        return entry.text().equals("drained") || entry.text().equals("abandoned");
    }

    @Override
    public ShardHandler open(ShardStart start) {
        starts.add(start);
        hooks.add(new Entry(start.shard(), "open"));
        return new Writer(start.shard());
    }

    private final class Writer implements ShardHandler {

        private final ShardId shard;
        private AckToken newest = AckToken.none();

        Writer(ShardId shard) {
            this.shard = shard;
        }

        @Override
        public AckToken handle(RecordBatch batch) {
            if (!batch.records().isEmpty()) {
                if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    throw new TransientFailure("the test refuses a batch of " + shard);
                }
                batch.records().forEach(r -> note(shard, text(r)));
                newest = batch.token();
            }
            ticks.computeIfAbsent(shard, s -> new AtomicInteger()).incrementAndGet();
            return holding.get() ? AckToken.none() : batch.token();
        }

        @Override
        public AckToken drain() {
            note(shard, "drained");
            return newest;
        }

        @Override
        public void beforeCheckpoint(SequenceNumber upTo) {
            if (unprepared.get()) {
                throw new TransientFailure("the test refuses checkpoint " + upTo);
            }
            hooks.add(new Entry(shard, "before " + upTo));
        }

        @Override
        public void afterCheckpoint(SequenceNumber upTo) {
            hooks.add(new Entry(shard, "after " + upTo));
        }

        @Override
        public void beforeShardEnd() {
            hooks.add(new Entry(shard, "before end"));
        }

        @Override
        public void abandon() {
            note(shard, "abandoned");
        }

        private static String text(StreamRecord dataOf) {
            return new String(dataOf.data(), StandardCharsets.UTF_8);
        }
    }
}
