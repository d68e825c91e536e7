package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything a service remembers of one shard: parts under their names, and the record up to which
/// they are true. For one thread at a time, like its handler.
///
/// A part keeps its name for ever. One that an older snapshot lacks starts empty, and one that
/// nobody knows any more is passed over.
public final class ShardState {

    private final SortedMap<String, StatePart> parts;
    private @Nullable SequenceNumber position;

    public ShardState(Map<String, StatePart> parts) {
        this.parts = new TreeMap<>(parts);
    }

    /// Everything up to this record is durable downstream, and its effects are in the parts. An
    /// older record than one noted before says nothing new.
    public void advance(SequenceNumber to) {
        if (position == null || to.compareTo(position) > 0) {
            position = to;
        }
    }

    /// The last record whose effects are in the parts; null while there is none of this shard.
    public @Nullable SequenceNumber position() {
        return position;
    }

    /// About how much of the heap the parts take.
    public long bytes() {
        return parts.values().stream().mapToLong(StatePart::bytes).sum();
    }

    boolean reaches(SequenceNumber record) {
        return position != null && position.compareTo(record) >= 0;
    }

    void writeAll(DataOutputStream out) throws IOException {
        StateCodec.write(out, position, parts, StatePart::writeAll);
    }

    void writeChanges(DataOutputStream out) throws IOException {
        StateCodec.write(out, position, parts, StatePart::writeChanges);
    }

    void kept() {
        parts.values().forEach(StatePart::kept);
    }

    void read(DataInputStream in) throws IOException {
        position = StateCodec.read(in, parts, StatePart::read);
    }

    /// The position stays: that of a parent says nothing of this shard.
    void inherit(DataInputStream in, HashRange range) throws IOException {
        StateCodec.read(in, parts, (part, content) -> part.inherit(content, range));
    }

    void clear() {
        parts.values().forEach(StatePart::clear);
        position = null;
    }
}
