package dev.sluice.runtime.publish;

import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

/// What became of one record of a put.
public sealed interface PutResult {

    /// The stream has it, durably.
    record Stored(ShardId shard, SequenceNumber sequence) implements PutResult {}

    /// The stream does not have it.
    ///
    /// @param code the service's error code, such as `ProvisionedThroughputExceededException`
    record Failed(String code, String message) implements PutResult {}
}
