package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/// How often each text was read; a change holds the new counts of the texts that were read since.
public final class Counts implements StatePart {

    private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();
    private final Set<String> changed = new TreeSet<>();

    public void add(String text) {
        counts.merge(text, 1, Integer::sum);
        changed.add(text);
    }

    public Map<String, Integer> all() {
        return new TreeMap<>(counts);
    }

    @Override
    public void writeAll(DataOutput out) throws IOException {
        write(out, counts.keySet());
    }

    @Override
    public void writeChanges(DataOutput out) throws IOException {
        write(out, changed);
    }

    private void write(DataOutput out, Set<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
            out.writeInt(counts.getOrDefault(text, 0));
        }
    }

    @Override
    public void kept() {
        changed.clear();
    }

    @Override
    public void read(DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            counts.put(in.readUTF(), in.readInt());
        }
    }

    @Override
    public void inherit(DataInput in, HashRange range) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            String text = in.readUTF();
            int count = in.readInt();
            if (range.contains(HashKey.of(text))) {
                counts.merge(text, count, Integer::sum);
            }
        }
    }

    @Override
    public void clear() {
        counts.clear();
        changed.clear();
    }

    @Override
    public long bytes() {
        return 64L * counts.size();
    }
}
