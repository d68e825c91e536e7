package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.HashRange;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// One thing that a service remembers of a shard: ids seen, counts, open sessions. Knows how to
/// write itself and how to take over what was written; when and where is the runtime's business.
/// For one thread at a time.
///
/// What it remembers follows from the records alone, never from this machine's clock or the moment,
/// so that a replay of the same records ends in the same state.
public interface StatePart {

    /// Writes everything that counts.
    void writeAll(DataOutput out) throws IOException;

    /// Writes what changed since the last {@link #kept()}. Small parts write everything.
    default void writeChanges(DataOutput out) throws IOException {
        writeAll(out);
    }

    /// What was written last is durable: the next changes count from here.
    default void kept() {}

    /// Takes over what this shard wrote before: everything once, then each of the changes, in the
    /// order in which they were written.
    void read(DataInput in) throws IOException;

    /// Takes over what a parent shard wrote, in the same order, but only what belongs to the range
    /// of this shard. A shard made by a merge is given one parent after the other.
    void inherit(DataInput in, HashRange range) throws IOException;

    /// Forgets everything, as if new.
    void clear();

    /// About how much of the heap it takes.
    long bytes();
}
