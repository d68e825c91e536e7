package dev.sluice.runtime.publish;

import dev.sluice.runtime.stream.ShardId;

/// What became of the record that a frame sent.
sealed interface Outcome {

    record Stored(ShardId shard) implements Outcome {}

    /// Not stored, worth another try.
    record Failed(String code) implements Outcome {}

    /// Not stored, and trying again soon does not help.
    record Broken(RuntimeException cause) implements Outcome {}

    /// There was nothing to send.
    record Empty() implements Outcome {}
}
