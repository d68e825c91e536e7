package dev.sluice.runtime.memory;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.keylist.KeyEntry;
import dev.sluice.runtime.keylist.KeyList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A list of keys in memory, with failures on request. Thread-safe.
public final class MemoryKeyList implements KeyList {

    private record Key(String owner, long high, long low) {
        static Key of(KeyEntry entry) {
            return new Key(entry.owner(), entry.high(), entry.low());
        }
    }

    private final Map<Key, KeyEntry> entries = new LinkedHashMap<>();
    private final EffectLog log;
    private long changes;
    private boolean away;

    public MemoryKeyList() {
        this(new EffectLog());
    }

    /// @param log gets a note of every change
    public MemoryKeyList(EffectLog log) {
        this.log = log;
    }

    @Override
    public synchronized String version() {
        mustBeThere();
        return Long.toString(changes);
    }

    @Override
    public void read(Reader reader) {
        all().forEach(e -> reader.entry(e.owner(), e.high(), e.low(), e.bound()));
    }

    @Override
    public synchronized void raise(KeyEntry entry) {
        mustBeThere();
        KeyEntry before = entries.get(Key.of(entry));
        if (before == null || before.bound() < entry.bound()) {
            entries.put(Key.of(entry), entry);
            changes++;
            log.note("raise a key of " + (entry.owner().isEmpty() ? "nobody" : entry.owner()));
        }
    }

    @Override
    public String place() {
        return "keys in memory";
    }

    /// Every entry there is.
    public synchronized List<KeyEntry> all() {
        mustBeThere();
        return new ArrayList<>(entries.values());
    }

    /// Every call throws a transient failure, until {@link #heal()}.
    public synchronized void goAway() {
        away = true;
    }

    public synchronized void heal() {
        away = false;
    }

    private void mustBeThere() {
        log.mustLive();
        if (away) {
            throw new TransientFailure("keys in memory: the store is away");
        }
    }
}
